#!/usr/bin/perl
# Cells that differ between two folders of tables and that no finding tells: silent.pl [--cells] CLEAN NOISY
# A new finding is one that CLEAN has not, or one that says that rows were joined.
# Without an option a cell is told by any new finding of its project, or, of a strategy's row, of its strategy: a coarse
# measure, which says only that somebody will look at the project. With --cells a cell is told only by a new finding of the
# same table, key and field (or of no field: of the row), and of the same n, or of the row's line where it has no n.
# Lines and texts as printed are left out: noise changes them.
use strict;
use warnings;
use utf8;
use open qw(:std :encoding(UTF-8));

my $by_cell = @ARGV && $ARGV[0] eq '--cells' && shift @ARGV;
my ($clean, $noisy) = @ARGV;
die "usage: silent.pl [--cells] CLEAN NOISY\n" unless defined $noisy;
my %left_out = map { $_ => 1 } qw(line line_first line_last title agency_text group kpi target result activity period objective
    text note owner);
my @tables = qw(projects objectives kpis results activities obstacles summary);
# What is read from a cell as printed is told where that is.
my %read_from = (target_value => 'target', target_unit => 'target', target_op => 'target', result_value => 'result',
    unit => 'target', status => 'result', start => 'period', end => 'period', agency => 'agency_text', number => 'number_printed');

# The rows of a table as hashes; mlr escapes what would break a line of TSV.
sub rows_of {
    my ($dir, $table) = @_;
    open my $in, '-|', 'mlr', '--icsv', '--otsv', 'cat', "$dir/$table.csv" or die "silent.pl: mlr: $!\n";
    chomp(my @lines = <$in>);
    close $in or die "silent.pl: $dir/$table.csv cannot be read\n";
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

my (%named, %new_of);
my %before;
$before{said($_)}++ for rows_of($clean, 'findings');
for my $finding (rows_of($noisy, 'findings')) {
    my $old = $before{said($finding)};
    $before{said($finding)}-- if $old;
    next if $old && $finding->{rule} ne 'row-joined';
    $named{$finding->{key}} = 1;
    $named{$1} = 1 if $finding->{key} =~ /^(S\d+)\.P/;
    push @{$new_of{"$finding->{table} $finding->{key}"}}, $finding;
}

# Whether a new finding is of this cell of the noisy tables, or, where the row is gone, of the clean ones.
sub told_itself {
    my ($table, $row, $field) = @_;
    # A project's number of KPIs is told where its KPIs are.
    return 1 if $table eq 'projects' && $new_of{"$field $row->{key}"};
    # A row of the summary goes by its strategy, or by the project that it is of.
    my @keys = (key_of($row));
    push @keys, sprintf('%s.P%02d', $keys[0], $1) if $table eq 'summary' && $row->{number} =~ /^(\d+)$/;
    for my $finding (map { @{$new_of{"$table $_"} // []} } @keys) {
        next unless $finding->{field} eq '' || $finding->{field} eq $field || $finding->{field} eq ($read_from{$field} // '');
        return 1 if $table eq 'projects' || ($finding->{n} ne '' && $finding->{n} eq ($row->{n} // $row->{number} // ''));
        return 1 if $finding->{line} ne '' && $finding->{line} eq $row->{line};
    }
    return 0;
}

for my $table (@tables) {
    my %cells;
    for my $side (0, 1) {
        my %seen;
        for my $row (rows_of($side ? $noisy : $clean, $table)) {
            my $place = join ' ', key_of($row), map { $row->{$_} // '' } qw(number n year);
            my $again = $seen{$place}++;
            $cells{"$table $place $again $_"}[$side] = [key_of($row), $row->{$_}, $row, $_]
                for grep { !$left_out{$_} } keys %$row;
        }
    }
    for my $cell (sort keys %cells) {
        my ($old, $new) = map { $_ // [''] } @{$cells{$cell}}[0, 1];
        next if defined $old->[1] && defined $new->[1] && $old->[1] eq $new->[1];
        my ($key) = grep { $_ ne '' } $old->[0], $new->[0];
        my $there = defined $new->[1] ? $new : $old;
        next if $by_cell ? told_itself($table, @$there[2, 3]) : $named{$key};
        print "$cell: ", $old->[1] // 'no row', ' -> ', $new->[1] // 'no row', "\n";
    }
}
