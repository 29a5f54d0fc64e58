"""A GitHub workflow that commits notes to the repository it runs in. Format: GitHub's workflow syntax."""

import re
import shlex
from collections.abc import Sequence
from pathlib import Path

from vidgist import config
from vidgist.commands.schedule.cron import expression
from vidgist.commands.schedule.values import NIGHTLY, File, Place, Plan, When, run_arguments
from vidgist.errors import InputError

FOLDER = Path(".github", "workflows")

_WORKFLOW = """\
# YouTube turns most addresses of cloud providers away, and GitHub's runners are among them. Set the secret
# YOUTUBE_PROXY to a proxy at home or a residential one, or use a runner of your own: `runs-on: self-hosted`.
# A block ends the run with exit code 3; what was done until then is committed, and the next night goes on.
#
# GitHub starts scheduled workflows late at busy hours and, in a public repository, switches them off after
# 60 days without a commit. On a machine of yours that is on at night, `vidgist schedule install` is better.
name: @name@ notes

on:
  workflow_dispatch:
  schedule:
    - cron: "@cron@" # UTC

permissions:
  contents: write

concurrency:
  group: @name@-notes

jobs:
  notes:
    runs-on: ubuntu-latest
    timeout-minutes: 350
    env:
      VIDGIST_STATE: ${{ github.workspace }}/.vidgist-state
      VIDGIST_PROXY: ${{ secrets.YOUTUBE_PROXY }}
      OPENAI_API_KEY: ${{ secrets.OPENAI_API_KEY }}
@secrets@    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
      - uses: actions/setup-python@a26af69be951a213d495a4c3e4e4022e16d87065 # v5.6.0
        with:
          python-version: "3.13"
      # vidgist is on no package index: set the repository's variable VIDGIST to where it is to be had, the
      # address of a wheel or git+https://...
      - run: python -m pip install "$VIDGIST"
        env:
          VIDGIST: ${{ vars.VIDGIST }}

      # What was fetched and paid for is remembered here. A cache entry never changes: each run saves its own.
      - uses: actions/cache/restore@0057852bfaa89a56745cba8c7296529d2fc39830 # v4.3.0
        with:
          path: .vidgist-state
          key: vidgist-${{ github.run_id }}-${{ github.run_attempt }}
          restore-keys: vidgist-
      - name: Summarize what is new
        id: notes
        run: |
          code=0
          @command@ || code=$?
          echo "code=$code" >> "$GITHUB_OUTPUT"
      - uses: actions/cache/save@0057852bfaa89a56745cba8c7296529d2fc39830 # v4.3.0
        if: always()
        with:
          path: .vidgist-state
          key: vidgist-${{ github.run_id }}-${{ github.run_attempt }}

      - name: Commit the notes
        run: |
          git config user.name "nightly notes"
          git config user.email "nightly-notes@users.noreply.github.com"
          git add --all -- . ':!.vidgist-state'
          git diff --cached --quiet || git commit --message "Add notes of $(date -u +%F)"
          git push
      - name: Summary
        env:
          CODE: ${{ steps.notes.outputs.code }}
        run: |
          if [ "$CODE" = 1 ]; then
            echo "::warning::Some videos could not be done; their records say why."
            exit 0
          fi
          exit "$CODE"
"""


_SECRETS = {"--proxy": "YOUTUBE_PROXY", "--base-url": "OPENAI_BASE_URL"}
"""Flags whose value may hold a password, and the secret of the repository that stands for it."""

_IN_WORKFLOW = "YOUTUBE_PROXY"
"""The secret that the workflow names already."""

_LOGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^/?#\s]*@", re.IGNORECASE)


def plan(at: When, arguments: Sequence[str], place: Place) -> Plan:
    """Plan a workflow. Paths stay as given: they mean files of that repository. A password becomes a
    secret's name.
    """
    kept, secrets = _without_logins(run_arguments(arguments))
    words = shlex.join(("vidgist", *kept))
    if "${{" in words:
        raise InputError("${{ cannot stand in a workflow's command")
    named = "".join(f"      {name}: ${{{{ secrets.{name} }}}}\n" for name in secrets if name != _IN_WORKFLOW)
    text = _WORKFLOW.replace("@cron@", expression(at)).replace("@secrets@", named)
    text = text.replace("@name@", place.name).replace("@command@", words)
    path = FOLDER / ("nightly-notes.yml" if place.name == NIGHTLY else f"notes-{place.name}.yml")
    return Plan(
        kind="github",
        files=(File(path, text),),
        start=(("git", "add", path.as_posix()),),
        stop=(("git", "rm", path.as_posix()),),
        by_hand=True,
        notes=(
            "Commit the file to the repository that keeps your notes; --at is UTC there.",
            "Set that repository's variable VIDGIST to where vidgist is to be had: a wheel's address or git+https://...",
            *(f"Put the address with its password into the repository's secret {name}." for name in secrets),
        ),
    )


def _without_logins(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the arguments without those that hold a password, and the secrets to be set in their place.

    Raises `InputError` for a password that no secret can stand for.
    """
    kept: list[str] = []
    secrets: list[str] = []
    for argument in arguments:
        flag, _, value = argument.partition("=")
        if kept and kept[-1] in _SECRETS and "@" in argument:
            secrets.append(_SECRETS[kept.pop()])
        elif flag in _SECRETS and "@" in value:
            secrets.append(_SECRETS[flag])
        elif not _LOGIN.search(argument):
            kept.append(argument)
        else:
            raise InputError(
                f"{config.without_login(argument)}: a password cannot stand in a file that is committed",
                hint="set it as a secret of the repository and name it in the workflow's env",
            )
    return kept, secrets
