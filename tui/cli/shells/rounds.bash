# Completion of rounds for bash. In ~/.bashrc: eval "$(rounds completions bash)"
_rounds() {
    local line program=${1/#\~\//$HOME/} word=${COMP_WORDS[COMP_CWORD]}
    COMPREPLY=()
    while IFS= read -r line; do
        if [ "$line" = ":files" ]; then
            [ "$word" = "=" ] && word=
            compopt -o filenames 2>/dev/null
            while IFS= read -r line; do
                COMPREPLY+=("$line")
            done < <(compgen -f -- "$word")
            return
        fi
        COMPREPLY+=("$line")
    done < <("$program" __complete bash "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null </dev/null)
}
complete -o nosort -F _rounds rounds 2>/dev/null || complete -F _rounds rounds
