# How cost grows: gnuplot -c growth.gnuplot TABLE DIR draws time and memory over the input, on logarithmic scales, as
# DIR/growth-*.svg and .png, and the times as text to standard output.
table = ARG1
dir = ARG2
set datafile separator "\t"
modes = system("cut -f 1 '".table."' | awk '!seen[$0]++' | tr ' ' '~' | tr '\n' ' '")
label(mode) = system("echo '".mode."' | tr '~' ' '")
points(mode) = "< awk -F'\\t' '$1 == \"".label(mode)."\"' '".table."'"

set logscale xy
set format "10^{%L}"
set xlabel "MB of input"
set format "%g"
set grid
set key outside right noenhanced

plot_time = "plot for [mode in modes] points(mode) using ($2 / 1e6):3 with linespoints title label(mode)"
plot_memory = "plot for [mode in modes] points(mode) using ($2 / 1e6):($4 / 1024) with linespoints title label(mode)"

do for [kind in "svg png"] {
    if (kind eq "svg") { set terminal svg size 1200,600 background "white" } else { set terminal pngcairo size 1200,600 }
    set output dir."/growth-time.".kind
    set ylabel "seconds"
    eval plot_time
    set output dir."/growth-memory.".kind
    set ylabel "MiB"
    eval plot_memory
}
set terminal dumb 118 34
plot_time = plot_time[:strstrt(plot_time, "linespoints") - 1]."points title label(mode)"
set output
set ylabel "seconds"
eval plot_time
