"""`aikb build` and `aikb serve`, as they are run from a shell."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from aikb.adapters.mkdocs.command import free_address
from conftest import on_disk

FILES = {
    "mkdocs.yml": "site_name: N\ndocs_dir: notes\ntheme: material\nplugins: [aikb]\n",
    "notes/a.md": "# A\n\n[x](gone.md)\n",
    "notes/sub/b.md": "# B\n",
}
RUN = (sys.executable, "-c", "from aikb.cli.main import main; main()")


@pytest.mark.parametrize(("options", "code"), [((), 0), (("--strict",), 1)])
def test_a_build_from_a_subfolder_says_what_is_wrong_and_where_the_site_is(
    tmp_path: Path, options: tuple[str, ...], code: int
) -> None:
    folder = on_disk(tmp_path, dict(FILES)) / "notes" / "sub"
    done = subprocess.run([*RUN, "build", *options], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert "link-missing: no such file: gone.md" in done.stderr
    assert re.fullmatch(r"\.\./\.\./site/ built in [\d.]+ s", done.stderr.splitlines()[-1])
    assert (tmp_path / "site" / "a" / "index.html").is_file()


def test_without_a_configuration_the_way_out_is_said(tmp_path: Path) -> None:
    done = subprocess.run([*RUN, "build"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "`aikb new` makes one" in done.stderr


def test_a_server_says_its_address_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    on_disk(tmp_path, dict(FILES))
    command = [*RUN, "serve", "--port", free_address("127.0.0.1", None).partition(":")[2]]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        line = next(each for each in process.stderr if each.startswith("Serving on "))
        with urllib.request.urlopen(line.split()[2]) as page:
            assert page.status == 200
        process.send_signal(signal.SIGINT)
        assert "Traceback" not in process.stderr.read()
