"""The command line in Swedish: help, mistakes in a command, and whatever else ends one. Never a stack trace.

Click says these things in English, in words that differ between its versions.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from trygglofte.reasons import reason, unexpected

_HEADINGS = {"Options": "Val", "Commands": "Kommandon", "Positional arguments": "Argument"}


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """How the command is written, under a Swedish word."""
        super().write_usage(prog, args, prefix or "Så skriver du: ")

    def write_heading(self, heading: str) -> None:
        """A heading of the help."""
        super().write_heading(_HEADINGS.get(heading, heading))


class _Context(click.Context):
    formatter_class = _Formatter


class Command(click.Command):
    """A command whose help is Swedish."""

    context_class = _Context

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[VAL]", **settings})

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option --help with a Swedish explanation."""
        return _explained(super().get_help_option(ctx))


class Group(click.Group):
    """The command with its subcommands. Whatever goes wrong in it ends as one Swedish sentence."""

    context_class = _Context
    command_class = Command

    def __init__(self, *args: Any, **settings: Any) -> None:
        words = {"options_metavar": "[VAL]", "subcommand_metavar": "KOMMANDO …"}
        super().__init__(*args, **{**words, **settings})

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option --help with a Swedish explanation."""
        return _explained(super().get_help_option(ctx))

    later: Mapping[str, str] = {}
    """Commands that are loaded when they are asked for: name → module that holds a command of that name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, loaded or not."""
        return sorted({*super().list_commands(ctx), *self.later})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by its name."""
        if cmd_name in self.later:
            name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name.replace("-", "_")
            found: click.Command = getattr(import_module(self.later[cmd_name]), name)
            return found
        return super().get_command(ctx, cmd_name)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[Any, Any, list[str]]:
        """Find a subcommand."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise Mistake(
                f"Det finns inget kommando som heter ”{args[0]}”. Det finns: {', '.join(self.list_commands(ctx))}.",
                ctx,
            )
        return super().resolve_command(ctx, args)

    def main(
        self, args: Sequence[str] | None = None, prog_name: str | None = None, *rest: Any, **more: Any
    ) -> Any:
        """Run the command and leave with its exit status: 0, 1 for a fault, 2 for a mistake in the command itself."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")  # a terminal that knows no arrow gets a question mark
        try:
            status = super().main(
                args, prog_name or "trygglofte", *rest, **{**more, "standalone_mode": False}
            )
        except (click.Abort, KeyboardInterrupt):
            click.echo("Avbrutet.", err=True)
            status = 130
        except click.ClickException as error:
            click.echo(in_swedish(error, self), err=True)
            status = error.exit_code
        except BrokenPipeError:
            sys.stdout = io.StringIO()  # whoever read has gone; nothing more is flushed there
            status = 1
        except (OSError, MemoryError) as error:
            click.echo(f"Fel: {reason(error)}.", err=True)
            status = 1
        except Exception as error:  # noqa: BLE001 - nobody is shown a stack trace
            click.echo(f"Fel: {unexpected(error)} Felet är vårt, inte ditt: säg till projektet.", err=True)
            status = 1
        sys.exit(status if isinstance(status, int) else 0)


class Mistake(click.UsageError):
    """A mistake in a command, told in Swedish."""


def in_swedish(error: click.ClickException, group: click.Group) -> str:
    """What is said of a mistake in a command of the group."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return error.format_message()
    if not isinstance(error, click.UsageError):
        return f"Fel: {error.format_message()}"
    hint = f"\nSkriv {error.ctx.command_path} --help för hjälp." if error.ctx else ""
    return f"Fel: {_mistake(error, group)}{hint}"


def _mistake(error: click.UsageError, group: click.Group) -> str:
    if isinstance(error, Mistake):
        return error.message
    if isinstance(error, click.NoSuchOption):
        return f"Det finns inget val som heter {error.option_name}."
    if isinstance(error, click.BadOptionUsage):
        commands = [error.ctx.command] if error.ctx else list(group.commands.values())
        params = [param for command in commands for param in command.params]
        values = {name for param in params if not getattr(param, "is_flag", False) for name in param.opts}
        flag = error.option_name not in values
        return f"Valet {error.option_name} ska {'inte ha något' if flag else 'följas av ett'} värde."
    if isinstance(error, click.MissingParameter):
        return f"Det saknas något på raden: {(error.param.name or '').upper() if error.param else ''}."
    if isinstance(error, click.BadParameter) and error.param and isinstance(error.param.type, click.Choice):
        return f"{error.param.opts[0]}: välj något av {', '.join(map(str, error.param.type.choices))}."
    if isinstance(error, click.BadParameter):
        return f"{error.param.opts[0]}: {error.message}" if error.param else error.message
    return "Det står mer på raden än kommandot förstår."


def _explained(option: click.Option | None) -> click.Option | None:
    if option:
        option.help = "Visa den här hjälpen."
    return option
