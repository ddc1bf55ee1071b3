"""`qntx completion`: what a shell offers behind Tab.

Main thread. The script is made from the declarations of the verbs and starts nothing when Tab is pressed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qntx_desktop.cli.grammar import GLOBAL_OPTIONS, Option, Verb, usage_error

if TYPE_CHECKING:
    from qntx_desktop.cli.call import Call

_ZSH = "autoload -U +X bashcompinit && bashcompinit\n"
_SHELLS = {"bash": "", "zsh": _ZSH}
_BASH = """\
_qntx() {
  local first="" second="" word index offers=""
  for ((index = 1; index < COMP_CWORD; index++)); do
    word="${COMP_WORDS[index]}"
    case "$word" in
      --home) ((index++)) ;;
      -*) ;;
      *) if [ -z "$first" ]; then first="$word"; elif [ -z "$second" ]; then second="$word"; fi ;;
    esac
  done
  case "$first" in
@cases@
  esac
  COMPREPLY=($(compgen -W "$offers" -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _qntx qntx
"""


def _completion(call: Call) -> int:
    shell = call.words[0]
    if shell not in _SHELLS:
        raise usage_error(f"SHELL is one of {', '.join(_SHELLS)}, not '{shell}'", "completion")
    script = _SHELLS[shell] + _BASH.replace("@cases@", "\n".join(_cases()))
    if call.as_json:
        call.printer.document({"shell": shell, "script": script})
    else:
        call.printer.text(script, end="")
    return 0


def _cases() -> list[str]:
    from qntx_desktop.cli.verbs import GROUPS

    cases = [_case('""', [*GROUPS, *_names(GLOBAL_OPTIONS)])]
    for group, verbs in GROUPS.items():
        if len(verbs[0].path) == 1:
            cases.append(_case(group, _names(verbs[0].options)))
            continue
        inner = [_case('""', [verb.path[1] for verb in verbs])]
        inner += [_case(verb.path[1], _names(verb.options)) for verb in verbs]
        lines = "\n".join(f"  {each}" for each in inner)
        cases.append(f'    {group}) case "$second" in\n{lines}\n    esac ;;')
    return cases


def _case(word: str, offers: Sequence[str]) -> str:
    return f'    {word}) offers="{" ".join(offers)}" ;;'


def _names(options: Sequence[Option]) -> list[str]:
    return [option.name for option in options]


VERBS = (
    Verb(
        path=("completion",),
        summary="Print what a shell needs to complete qntx: bash or zsh",
        run=_completion,
        arguments=("SHELL",),
        examples=("completion bash > ~/.local/share/bash-completion/completions/qntx",),
    ),
)
