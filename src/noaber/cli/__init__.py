"""The `noaber` command."""

import os

import click


@click.group()
@click.version_option(package_name="noaber", message="Noaber %(version)s")
def main() -> None:
    """Noaber: het register van een Regio Deal, en alles wat eruit volgt."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "noaber.config.settings")
    import django

    django.setup()


def _commands() -> None:
    # The modules only use Django inside their functions, after `main` has set it up.
    from noaber.cli import (
        asking,
        keeping,
        loading,
        mailing,
        making,
        operating,
        people,
        publishing,
        telling,
        working,
    )

    modules = (
        *(operating, telling, keeping, loading, asking, making),
        *(publishing, working, mailing, people),
    )
    for module in modules:
        for command in module.COMMANDS:
            main.add_command(command)


_commands()
