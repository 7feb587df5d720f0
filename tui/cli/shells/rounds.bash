# Completion of rounds for bash. In ~/.bashrc: eval "$(rounds completions bash)"
_rounds() {
    local line tab=$'\t' program=${1/#\~\//$HOME/} word=${COMP_WORDS[COMP_CWORD]}
    local i wide=0 room=$((${COLUMNS:-80} - 4))
    local -a said=()
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
        COMPREPLY+=("${line%%"$tab"*}")
        [ "${line/"$tab"/}" = "$line" ] && line=
        said+=("${line#*"$tab"}")
    done < <("$program" __complete bash "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null </dev/null)
    # A list tells what each is. One alone is put in, and so is each by menu-complete (37) and
    # insert-completions (42): bare.
    [ "${#COMPREPLY[@]}" -gt 1 ] || return 0
    case ${COMP_TYPE:-0} in 9 | 33 | 63 | 64) ;; *) return 0 ;; esac
    for i in "${!COMPREPLY[@]}"; do
        [ "${#COMPREPLY[i]}" -gt "$wide" ] && wide=${#COMPREPLY[i]}
    done
    for i in "${!COMPREPLY[@]}"; do
        [ -n "${said[i]}" ] || continue
        printf -v line '%-*s  -- %s' "$wide" "${COMPREPLY[i]}" "${said[i]}"
        [ "${#line}" -gt "$room" ] && line="${line:0:room - 1}…"
        COMPREPLY[i]=$line
    done
}
complete -o nosort -F _rounds rounds 2>/dev/null || complete -F _rounds rounds
