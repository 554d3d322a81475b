#!/usr/bin/perl
# A copy of a report with noise that changes no value: noise.pl KIND SEED <REPORT
#   misspell  one letter wrong, missing, doubled, split off or too many in every second section heading
#   forms     every second section heading in another form: Markdown of another level, bold, plain
#   breaks    page breaks in tables: a blank line and the header again, between rows
#   cuts      page breaks inside a row: the last cell's tail beneath the repeated header
#   blanks    blank lines beside headings taken away, others doubled
#   ascii     Thai digits to ASCII; thai: ASCII digits to Thai, outside of tags
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

my @header;
my @out;
for my $i (0 .. $#lines) {
    my $line = $lines[$i];
    my $before = $i > 0 ? $lines[$i - 1] : '';
    my $after = $i < $#lines ? $lines[$i + 1] : '';
    my @parts = heading_parts($line);
    if ($kind eq 'misspell' && @parts && rand() < 0.5) {
        $line = $parts[0] . misspelt($parts[1]) . $parts[2];
    } elsif ($kind eq 'forms' && @parts && rand() < 0.5) {
        $line = sprintf((('## %s', '### %s', '#### %s', '**%s**', '### **%s**', '%s')[rand 6]), $parts[1]);
    } elsif ($kind eq 'blanks' && $line !~ /\S/) {
        next if (heading_parts($before) || heading_parts($after)) && rand() < 0.5;
        push @out, '' if rand() < 0.3;
    } elsif ($kind eq 'ascii') {
        $line =~ tr/๐-๙/0-9/;
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
