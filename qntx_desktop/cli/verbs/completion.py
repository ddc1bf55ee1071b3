"""`qntx completion`: what a shell offers behind Tab.

Main thread. The scripts ask `qntx` itself at every Tab, so that names from the home are offered, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qntx_desktop.cli.grammar import Verb, usage_error

if TYPE_CHECKING:
    from qntx_desktop.cli.call import Call

_BASH = """\
_qntx() {
  local IFS=$'\\n' line name
  local -a words
  words=("${COMP_WORDS[@]:1:COMP_CWORD}")
  words=("${words[@]//[\\\\\\"\\']/}")
  COMPREPLY=()
  while read -r line; do
    name="${line%%$'\\t'*}"
    case "${COMP_WORDS[COMP_CWORD]}" in
      [\\"\\']*) ;;
      *) printf -v name %q "$name" ;;
    esac
    COMPREPLY+=("$name")
  done < <(qntx __offer "${words[@]}" 2>/dev/null)
}
complete -o default -F _qntx qntx
"""
_ZSH = """\
#compdef qntx
_qntx() {
  local line name
  local -a offered
  while IFS= read -r line; do
    name="${line%%$'\\t'*}"
    offered+=("${name//:/\\\\:}${${line#*$'\\t'}:+:${line#*$'\\t'}}")
  done < <(qntx __offer "${(@Q)words[2,CURRENT]}" 2>/dev/null)
  if (( ${#offered} )); then
    _describe 'qntx' offered
  else
    _files
  fi
}
if [ "${funcstack[1]}" = "_qntx" ]; then
  _qntx "$@"
else
  compdef _qntx qntx
fi
"""
_FISH = """\
function __qntx_offer
    set -l words (commandline -opc | string unescape) (commandline -ct | string unescape)
    qntx __offer $words[2..-1] 2>/dev/null
end
complete -c qntx -f -n 'test -n "$(__qntx_offer)"' -a '(__qntx_offer)'
"""
_POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName qntx -ScriptBlock {
    param($word, $ast, $cursor)
    $words = @($ast.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.StartOffset -lt $cursor } | ForEach-Object { $_.ToString().Trim('"', "'") })
    if ($word -eq '') { $words += '""' }
    qntx __offer @words 2>$null | ForEach-Object {
        $name, $meaning = $_ -split "`t", 2
        if (-not $meaning) { $meaning = $name }
        $typed = $name
        if ($name -match '[\\s''"();&|$`{}]') { $typed = "'" + $name.Replace("'", "''") + "'" }
        [System.Management.Automation.CompletionResult]::new($typed, $name, 'ParameterValue', $meaning)
    }
}
"""
SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH, "powershell": _POWERSHELL}

MAN = "man"


def _completion(call: Call) -> int:
    shell = call.words[0]
    if shell == MAN:
        return _man(call)
    if shell not in SCRIPTS:
        raise usage_error(f"SHELL is one of {', '.join(SCRIPTS)} or {MAN}, not '{shell}'", "completion")
    script = SCRIPTS[shell]
    if call.as_json:
        call.printer.document({"shell": shell, "script": script})
    else:
        call.printer.text(script, end="")
    return 0


def _man(call: Call) -> int:
    from qntx_desktop.cli.manual import man_page
    from qntx_desktop.cli.verbs import GROUPS

    page = man_page(GROUPS)
    if call.as_json:
        call.printer.document({"page": page})
    else:
        call.printer.text(page, end="")
    return 0


VERBS = (
    Verb(
        path=("completion",),
        summary="Print what a shell needs to complete qntx: bash, zsh, fish or powershell; or the page for man",
        run=_completion,
        arguments=("SHELL",),
        examples=(
            "completion bash > ~/.local/share/bash-completion/completions/qntx",
            "completion fish > ~/.config/fish/completions/qntx.fish",
            "completion man > ~/.local/share/man/man1/qntx.1",
        ),
    ),
)
