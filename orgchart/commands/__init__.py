"""The words of one command, in; files, printed lines and an exit code, out. One file a command; cli lists them."""
