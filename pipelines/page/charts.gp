# The charts of the page: from the blocks in the file `data`, which charts.jq makes, to files NAME.svg. A block
# that is not there gives no chart. Colours are numbers: colour(1) is the class c1 of page.css, see charts.sed.
set encoding utf8
set datafile separator "\t"
set datafile missing ""
unset key
set border 0
set tics scale 0
set style fill solid 1 noborder
set grid xtics noytics back linetype 1 linewidth 1
set lmargin at screen 0.27
set rmargin at screen 0.86
colour(n) = n * 65793

# The number of rows of a block: `eval count("agency")` sets N, and frees the ranges, which stats would heed.
count(block) = sprintf("N = 0; set xrange [*:*]; set yrange [*:*]; stats 'data' index '%s' using 1 nooutput name 'S'; if (exists('S_records')) { N = S_records; undefine S_* }", block)
# A chart of N rows, one beneath the other, each so many points high.
chart(name, height) = sprintf("set output '%s.svg'; set term svg size 440,%d dynamic noenhanced font ',13'; set yrange [%d - 0.5:-0.5]; set tmargin at screen %f; set bmargin at screen %f", \
    name, N * height + 34, N, 1 - 6.0 / (N * height + 34), 28.0 / (N * height + 34))
bar(width) = width / 2.0
percent = "set xrange [0:100]; set xtics 0,25,100"

# Mean progress, of strategies and of agencies, with the ministry's mean as a line.
eval count("mean")
mean = N
if (mean) {
    stats 'data' index 'mean' using 3 nooutput name 'M'
    set arrow 1 from M_mean, graph 0 to M_mean, graph 1 nohead back linecolor rgb colour(9) linewidth 1.5 dashtype (4,3)
}
do for [name in "strategy agency"] {
    eval count(name)
    if (N) {
        eval chart(name, 30)
        eval percent
        plot 'data' index name using (bar($3)):1:(bar($3)):(0.32):ytic(2) with boxxyerror linecolor rgb colour(1), \
            '' index name using 3:1:4 with labels left offset 0.5,0
    }
}
unset arrow 1

# Plan against actual: from where the agency's projects should be to where they are.
eval count("plan")
if (N) {
    eval chart("plan", 30)
    eval percent
    plot 'data' index 'plan' using 3:1:($4 - $3):(0):ytic(2) with vectors nohead linecolor rgb colour(5) linewidth 4, \
        '' index 'plan' using 3:1 with points pointtype 6 pointsize 1.1 linewidth 2 linecolor rgb colour(4), \
        '' index 'plan' using 4:1 with points pointtype 7 pointsize 1.2 linecolor rgb colour(1), \
        '' index 'plan' using (100):1:5 with labels left offset 1.2,0
}

# The same for each project.
eval count("project")
if (N) {
    set output 'project.svg'
    set term svg size 440,420 dynamic noenhanced font ',13'
    set lmargin at screen 0.1
    set rmargin at screen 0.97
    set tmargin at screen 0.92
    set bmargin at screen 0.14
    set xrange [-3:103]
    set yrange [-3:103]
    set ytics 0,25,100
    set grid ytics
    set xlabel 'axis-plan'
    set label 1 'axis-progress' at graph -0.1, 1.05 left
    set arrow 2 from 0,0 to 100,100 nohead back linecolor rgb colour(9) linewidth 1.5 dashtype (4,3)
    plot 'data' index 'project' using 3:4:6:(colour($5)) with points pointtype variable pointsize 1 linecolor rgb variable
    unset arrow 2
    unset xlabel
    unset label 1
    set ytics autofreq scale 0
    set grid noytics
    set lmargin at screen 0.27
    set rmargin at screen 0.86
}

# How many projects have each rating.
eval count("rating")
if (N) {
    eval chart("rating", 30)
    set xrange [0:*]
    unset xtics
    plot 'data' index 'rating' using (bar($3)):1:(bar($3)):(0.32):(colour($4)):ytic(2) with boxxyerror linecolor rgb variable, \
        '' index 'rating' using 3:1:3 with labels left offset 0.5,0
}

# Money in million baht: allocated, contracted, disbursed.
eval count("money")
if (N) {
    eval chart("money", 60)
    set xrange [0:*]
    plot for [k=0:2] 'data' index 'money' using (bar(column(3 + 2 * k))):($1 + 0.27 * (k - 1)):(bar(column(3 + 2 * k))):(0.12) \
            with boxxyerror linecolor rgb colour(6 + k), \
        '' index 'money' using (0):1:ytic(2) with dots linecolor rgb colour(9), \
        for [k=0:2] '' index 'money' using (column(3 + 2 * k)):($1 + 0.27 * (k - 1)):(strcol(4 + 2 * k)) with labels left offset 0.4,0 font ',11'
}
