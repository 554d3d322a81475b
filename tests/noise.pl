#!/usr/bin/perl
# A copy of a report with noise: noise.pl KIND SEED <REPORT
# Noise that changes no value:
#   misspell  one letter wrong, missing, doubled, split off or too many in every second section heading
#   forms     every second section heading in another form: Markdown of another level, bold, plain
#   breaks    page breaks in tables: a blank line and the header again, between rows
#   cuts      page breaks inside a row: the last cell's tail beneath the repeated header
#   blanks    blank lines beside headings taken away, others doubled
#   ascii     Thai digits to ASCII; thai: ASCII digits to Thai, outside of tags; wide: Thai digits to full-width ones
#   spaces    a blank of another kind, or a letter of no width, in every third line
#   pages     page numbers, rules, comments and form feeds between lines
#   tails     a tab or a blank at the end of every third line
#   months    every third month misspelt as in misspell
#   pipes     tables as Markdown has them, with a rule beneath their first row
# Noise by which values may get lost, and never silently:
#   words     every tenth word of the form misspelt, in tables, budgets and sentences
#   digits    one digit of every thirtieth line printed as a letter
#   points    a comma of every fifth number turned into a point, or lost
#   tabs      a tab of every thirtieth line lost or doubled
#   parted    every thirtieth row parted at a blank
use strict;
use warnings;
use utf8;
use open qw(:std :encoding(UTF-8));

my ($kind, $seed) = @ARGV;
die "usage: noise.pl KIND SEED\n" unless defined $seed;
srand $seed;
my @headings = (
    'ชื่อหน่วยงานรับผิดชอบ', 'วัตถุประสงค์', 'ตัวชี้วัด/ค่าเป้าหมาย', 'แผนระยะเวลาดำเนินงานทั้งโครงการ',
    'แผนระยะเวลาดำเนินงานแต่ละกิจกรรม', 'โครงการใช้งบประมาณ', 'สรุปผลการดำเนินงาน', 'รายละเอียดผลการดำเนินงาน',
    'ปัญหาและอุปสรรคของการดำเนินงาน', 'ความก้าวหน้าของการดำเนินการ');
my %is_heading = map { $_ => 1 } @headings;
my $months = join '|', qw(มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม);
my $words = join '|', qw(ตัวชี้วัด เป้าหมาย กิจกรรม ระยะเวลา งบประมาณ จัดสรร เบิกจ่าย สัญญาจ้าง ร้อยละ จำนวน อุปสรรค ความก้าวหน้า);
my %letter_for = ('๐' => 'o', '๑' => 'ด', '๒' => 'b', '๓' => 'ต', '๔' => 'ส', '๕' => 'ฬ', '๖' => 'ง', '๗' => 'ฑ', '๘' => 'ะ', '๙' => 'ล');
my @between_pages = ('- 12 -', '- ๑๒ -', 'หน้า ๔๕', '---', '<!-- page 7 -->', "\f");
my @letters = split //, 'กขคงจชซดตถทนบปผพมยรลวสหอ';
my @lines = map { s/\n\z//r } <STDIN>;

# The parts of a section heading's line: mark, words, mark; nothing for another line.
sub heading_parts {
    my ($line) = @_;
    return unless $line =~ /^(#+ +\**|\*\*)?(.*?)(\**\s*)$/ && $is_heading{$2};
    return ($1 // '', $2, $3);
}

sub misspelt {
    my @word = split //, $_[0];
    my $at = int rand @word;
    my $how = int rand 5;
    $word[$at] = $letters[rand @letters] if $how == 0;
    splice @word, $at, 1 if $how == 1;
    splice @word, $at, 0, $word[$at] if $how == 2;
    splice @word, $at, 0, ' ' if $how == 3;
    splice @word, $at, 0, $letters[rand @letters] if $how == 4;
    return join '', @word;
}

# LINE with a random one of the places where PATTERN matches changed by CHANGE.
sub change_one {
    my ($line, $pattern, $change) = @_;
    my @places;
    push @places, [$-[0], $+[0]] while $line =~ /$pattern/g;
    return $line unless @places;
    my ($start, $end) = @{$places[rand @places]};
    return substr($line, 0, $start) . $change->(substr($line, $start, $end - $start)) . substr($line, $end);
}

# Kinds that change a line by itself: how often, and how.
my %change = (
    spaces => [1 / 3, sub { change_one($_[0], ' ', sub { ("\x{A0}", "\x{2009}", "\x{200B} ", '  ')[rand 4] }) }],
    tails  => [1 / 3, sub { $_[0] . ($_[0] =~ /\t/ ? "\t" : ' ') }],
    months => [1 / 3, sub { change_one($_[0], $months, \&misspelt) }],
    words  => [1 / 10, sub { change_one($_[0], $words, \&misspelt) }],
    digits => [1 / 30, sub { change_one($_[0], '[๐-๙]', sub { $letter_for{$_[0]} }) }],
    points => [1 / 5, sub { change_one($_[0], '(?<=[๐-๙]),(?=[๐-๙]{3})', sub { ('.', '')[rand 2] }) }],
    tabs   => [1 / 30, sub { change_one($_[0], "\t", sub { (' ', "\t\t")[rand 2] }) }],
    parted => [1 / 30, sub { $_[0] =~ /\t/ ? change_one($_[0], ' ', sub { "\n" }) : $_[0] }],
);

my @header;
my @out;
for my $i (0 .. $#lines) {
    my $line = $lines[$i];
    my $before = $i > 0 ? $lines[$i - 1] : '';
    my $after = $i < $#lines ? $lines[$i + 1] : '';
    my @parts = heading_parts($line);
    if ($change{$kind}) {
        $line = $change{$kind}[1]->($line) if $line =~ /\S/ && rand() < $change{$kind}[0];
    } elsif ($kind eq 'pipes') {
        if ($line =~ /\t/) {
            my $cells = () = $line =~ /\t/g;
            $line = '| ' . $line =~ s/\t/ | /gr . ' |';
            $line .= "\n|" . '---|' x ($cells + 1) if $before !~ /\t/ && rand() < 0.5;
        }
    } elsif ($kind eq 'pages') {
        push @out, '', $between_pages[rand @between_pages], '' if $line =~ /\S/ && rand() < 0.01;
    } elsif ($kind eq 'misspell' && @parts && rand() < 0.5) {
        $line = $parts[0] . misspelt($parts[1]) . $parts[2];
    } elsif ($kind eq 'forms' && @parts && rand() < 0.5) {
        $line = sprintf((('## %s', '### %s', '#### %s', '**%s**', '### **%s**', '%s')[rand 6]), $parts[1]);
    } elsif ($kind eq 'blanks' && $line !~ /\S/) {
        next if (heading_parts($before) || heading_parts($after)) && rand() < 0.5;
        push @out, '' if rand() < 0.3;
    } elsif ($kind eq 'ascii') {
        $line =~ tr/๐-๙/0-9/;
    } elsif ($kind eq 'wide') {
        $line =~ tr/๐-๙/\x{FF10}-\x{FF19}/;
    } elsif ($kind eq 'thai' && $line !~ /[<&\[]/) {
        $line =~ tr/0-9/๐-๙/;
    } elsif ($kind eq 'breaks' || $kind eq 'cuts') {
        if ($line =~ /^(?:ตัวชี้วัด|ตัวชี้วัดโครงการ|กิจกรรม)\t(?:.*เป้าหมาย|ปี|ช่วง|ผล)/ && $line !~ /ผู้รับผิดชอบ/) {
            @header = ($line);
        } elsif (@header == 1 && $before eq $header[0] && $line =~ /^\t[\t\s0-9๐-๙ปีพ.ศเป้าหมายผลที่ได้ค่]*$/) {
            push @header, $line;
        } elsif ($line !~ /\t/) {
            @header = () if $line =~ /\S/;
        } elsif (@header && $line =~ /^[^\t]/ && $before =~ /\t/ && $before ne $header[-1] && rand() < 0.2) {
            my ($head, $tail) = $line =~ /^(.*\t[^\t<]+? )([^\t<]+)$/;
            if ($kind eq 'breaks') {
                push @out, '', @header;
            } elsif (defined $tail) {
                push @out, $head, '', @header;
                $line = ("\t" x ($head =~ tr/\t//)) . $tail;
            }
        }
    }
    push @out, $line;
}
print map { "$_\n" } @out;
