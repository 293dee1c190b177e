"""Findings about other hosts, by `aikb check --external`."""

from __future__ import annotations

from aikb.findings.codes.code import Code
from aikb.model.finding import Severity

_W, _I = Severity.WARNING, Severity.INFO

TABLE = (
    Code(
        "external-dead",
        _W,
        message="{url} is dead: {reason}; it keeps failing since {first} (an archive to look in: {suggestion})",
        explanation=(
            "The page is gone: on three different days or more its host said so, did not exist, refused to talk or "
            "could not prove who it is. A dead link changes the exit code with --external-fail only."
        ),
        cure="Link to where the page went, or to a copy; aikb does not look whether the archive has one.",
        example="See [the paper](https://example.org/gone).\n",
    ),
    Code(
        "external-private-address",
        _W,
        message="{url} leads to {detail}, which is no public address; it is not fetched",
        explanation=(
            "A reader elsewhere cannot open an address of your own machine or network, and a check that fetched it "
            "would reach what is meant to be closed. This holds after a redirect and for names that lead there, too."
        ),
        cure="Link to a public address, or write the address in code.",
        example="See [the dashboard](http://192.168.0.10/status).\n",
    ),
    Code(
        "external-suspect",
        _I,
        message="{url} failed: {reason}; first on {first}, and three different days make it dead",
        explanation="The link failed, but not yet on three different days. Hosts have bad days.",
        cure="Wait for the next checks, or look at the link in a browser.",
        example="See [the paper](https://example.org/gone).\n",
    ),
    Code(
        "external-unknown",
        _I,
        message="nothing can be said of {url}: {reason}",
        explanation=(
            "Its host turns programs away, asks to be left alone for a while or did not answer. The link may well be "
            "fine in a browser; it is asked again an hour later at the earliest."
        ),
        cure="Open the link in a browser if you doubt it.",
        example="See [the post](https://www.linkedin.com/posts/someone).\n",
    ),
)
