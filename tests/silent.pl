#!/usr/bin/perl
# Cells that differ between two folders of tables and that no finding names: silent.pl CLEAN NOISY
# A finding names a cell when it is of the same project or strategy and CLEAN has not the same one, or says that rows were joined.
# Lines and texts as printed are left out: noise changes them.
use strict;
use warnings;
use utf8;
use open qw(:std :encoding(UTF-8));

my ($clean, $noisy) = @ARGV;
die "usage: silent.pl CLEAN NOISY\n" unless defined $noisy;
my %left_out = map { $_ => 1 } qw(line line_first line_last title agency_text group kpi target result activity period objective
    text note owner);
my @tables = qw(projects objectives kpis results activities obstacles summary);

# The rows of a table as hashes; mlr escapes what would break a line of TSV.
sub rows_of {
    my ($dir, $table) = @_;
    open my $in, '-|', 'mlr', '--icsv', '--otsv', 'cat', "$dir/$table.csv" or die "silent.pl: mlr: $!\n";
    chomp(my @lines = <$in>);
    close $in;
    my @names = split /\t/, shift(@lines) // '', -1;
    return map { my %row; @row{@names} = split /\t/, $_, -1; \%row } @lines;
}

sub key_of {
    my ($row) = @_;
    return $row->{key} // "S$row->{strategy}";
}

# What a finding says, but for its line and its message.
sub said {
    my ($finding) = @_;
    return join "\t", map { $finding->{$_} } qw(rule key table n field observed);
}

my %before;
$before{said($_)}++ for rows_of($clean, 'findings');
my %named;
for my $finding (rows_of($noisy, 'findings')) {
    my $old = $before{said($finding)};
    $before{said($finding)}-- if $old;
    next if $old && $finding->{rule} ne 'row-joined';
    $named{$finding->{key}} = 1;
    $named{$1} = 1 if $finding->{key} =~ /^(S\d+)\.P/;
}
for my $table (@tables) {
    my %cells;
    for my $side (0, 1) {
        my %seen;
        for my $row (rows_of($side ? $noisy : $clean, $table)) {
            my $place = join ' ', key_of($row), map { $row->{$_} // '' } qw(number n year);
            my $again = $seen{$place}++;
            $cells{"$table $place $again $_"}[$side] = [key_of($row), $row->{$_}] for grep { !$left_out{$_} } keys %$row;
        }
    }
    for my $cell (sort keys %cells) {
        my ($old, $new) = map { $_ // [''] } @{$cells{$cell}}[0, 1];
        my $same = defined $old->[1] && defined $new->[1] && $old->[1] eq $new->[1];
        my ($key) = grep { $_ ne '' } $old->[0], $new->[0];
        print "$cell: ", $old->[1] // 'no row', ' -> ', $new->[1] // 'no row', "\n" unless $same || $named{$key};
    }
}
