"""Nothing, in; the styles that come with orgchart, printed, out."""

from __future__ import annotations

import click

from orgchart.commands.console import printed


@click.command()
def styles() -> None:
    """List the styles that come with orgchart.

    \b
    Example:
        orgchart styles
        orgchart render --style print
    """
    from orgchart.styles import bundled_styles, load_style

    for name in bundled_styles():
        style = load_style(name)
        printed(f"{name:<10} {style.description}\n")
