# Completion of rounds for fish. In ~/.config/fish/config.fish: rounds completions fish | source
function __rounds_complete
    set -l typed (commandline -opc)
    set -l word (commandline -ct)
    set -l program $typed[1]
    set -l found ($program __complete fish $typed[2..] "$word" 2>/dev/null </dev/null)
    if test "$found[1]" = ":files"
        set -l option (string match -r -- '^--[^=]*=' "$word")
        for path in (__fish_complete_path (string replace -r -- '^--[^=]*=' '' "$word"))
            echo "$option$path"
        end
    else
        printf '%s\n' $found
    end
end
complete -c rounds -e
complete -c rounds -f -k -a '(__rounds_complete)'
