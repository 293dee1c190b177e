"""`aikb headers`: what a host should send with the pages of a built site."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import click

from aikb.cli.output import write
from aikb.text.policy import joined, policy_in

_HOSTS: Mapping[str, Callable[[Mapping[str, str]], str]] = {
    "netlify": lambda headers: "/*\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items()),
    "nginx": lambda headers: "".join(f'add_header {name} "{value}" always;\n' for name, value in headers.items()),
    "apache": lambda headers: "".join(f'Header always set {name} "{value}"\n' for name, value in headers.items()),
}
"""A host's configuration; Cloudflare Pages reads Netlify's `_headers`."""


@click.command()
@click.argument("site", default="site", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--host", type=click.Choice(sorted(_HOSTS)), default="netlify", show_default=True, help="Whose syntax.")
def headers(site: Path, host: str) -> None:
    """Print the headers a host should send with the pages. SITE is a built site.

    The policy is that of all pages together, which each page also carries by itself. `netlify` is a file `_headers`, for
    Cloudflare Pages too; beside the notes it is published.
    """
    policies = {policy_in(page.read_text(encoding="utf-8", errors="replace")) for page in sorted(site.rglob("*.html"))}
    if not policies:
        raise click.UsageError(f"there are no pages in {site}; run `mkdocs build` first")
    if "" in policies:
        raise click.UsageError("some pages carry no policy; build them with `security_policy: always`")
    sent = {
        "Content-Security-Policy": f"{joined(sorted(policies))}; frame-ancestors 'self'",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
    }
    write(_HOSTS[host](sent))
