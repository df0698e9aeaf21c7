"""Sized boxes, in; where the layouts that orgchart is compared with place them, out. One module for each program."""
