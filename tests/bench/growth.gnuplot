# How cost grows: gnuplot -c growth.gnuplot TABLE DIR draws time and memory over the input, on logarithmic scales, as
# DIR/growth-time and DIR/growth-memory, .svg and .png, and the times as text to standard output.
table = ARG1
dir = ARG2
set datafile separator "\t"
# The commands of the table as words, with ~ for a blank; `rows` picks those of one of them.
commands = system("cut -f 1 '".table."' | awk '!seen[$0]++' | tr ' \n' '~ '")
title(command) = system("echo '".command."' | tr '~' ' '")
rows(command) = "< awk -F'\\t' '$1 == \"".title(command)."\"' '".table."'"

set logscale xy
set format "%g"
set grid
set key outside right noenhanced
set xlabel "MB of input"

time = "for [c in commands] rows(c) using ($2 / 1e6):3 title title(c)"
memory = "for [c in commands] rows(c) using ($2 / 1e6):($4 / 1024) title title(c)"

do for [kind in "svg png"] {
    if (kind eq "svg") { set terminal svg size 1200,600 background "white" } else { set terminal pngcairo size 1200,600 }
    set output dir."/growth-time.".kind
    set ylabel "seconds"
    eval "plot ".time." with linespoints"
    set output dir."/growth-memory.".kind
    set ylabel "MiB"
    eval "plot ".memory." with linespoints"
}
set terminal dumb 118 34
set output
set ylabel "seconds"
eval "plot ".time." with points"
