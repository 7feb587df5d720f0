#compdef rounds
# Completion of rounds for zsh. In ~/.zshrc, below compinit: eval "$(rounds completions zsh)"
_rounds() {
    local line
    local -a lines found
    lines=("${(@f)$(${~words[1]} __complete zsh "${(@Q)words[2,CURRENT]}" 2>/dev/null </dev/null)}")
    if [[ $lines[1] == ":files" ]]; then
        compset -P '--*='
        _files
        return
    fi
    for line in $lines; do
        found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
    done
    _describe -V 'rounds' found
}
if [ "$funcstack[1]" = "_rounds" ]; then
    _rounds "$@"
else
    compdef _rounds rounds
fi
