# gnuplot's SVG as a part of the page: no ids, no style of its own, colours as classes of page.css.
# The whole file at once (sed -z).
s/^.*viewBox="([^"]*)"[^>]*>.*<\/defs>/<svg viewBox="\1">/
s/<title>[^<]*<\/title>//g
s/<g id="gnuplot_plot_[0-9]*" *>/<g>/g
s/<g fill="none" color="[^"]*" stroke="[^"]*" stroke-width="([^"]*)"[^>]*>/<g stroke-width="\1">/g
s/ stroke-width="1.00"//g
s/<path stroke='[^']*' +class="gridline" +d/<path class="grid" d/g
s/<path stroke='black' +d='M[0-9.,]+ M[0-9.,]+ +'\/>//g
s/(stroke|fill|color) ?= ?'rgb\( *([0-9]+),[^']*\)'/class="c\2"/g
s/<use xlink:href='#gpPt5'/<circle r="1"/g
s/<use xlink:href='#gpPt6'/<circle r="1"/g
s/<use xlink:href='#gpPt8'/<path d="M0,-1.33 L-1.33,0.67 L1.33,0.67 z"/g
s/<use xlink:href='#gpPt10'/<path d="M0,1.33 L-1.33,-0.67 L1.33,-0.67 z"/g
s/<use xlink:href='#gpPt4'/<path d="M-1,-1 H1 V1 H-1 z"/g
s/<use xlink:href='#gpPt12'/<path d="M0,-1.4 L1.4,0 L0,1.4 L-1.4,0 z"/g
s/<g (transform="[^"]*") stroke="none" fill="black" font-family="[^"]*" font-size="([0-9]+)[^"]*" +text-anchor="([a-z]*)">\s*<text>([^<]*)<\/text>\s*<\/g>/<text \1 class="t\2" text-anchor="\3">\4<\/text>/g
s/ shape-rendering='crispEdges'//g
s/<g stroke='none'>\s*(<polygon[^>]*>)\s*<\/g>/\1/g
:empty
s/<g[^>]*>\s*<\/g>//g
t empty
s/\n\s+/\n/g
s/\n+/\n/g
