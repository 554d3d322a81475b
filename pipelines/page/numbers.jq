# Numbers as the tables hold them, plain decimals in text, for people. What is no number stays as it is.

# The number, or null where there is none (empty, a dash, words): of digits, dots and minus signs alone, since
# tonumber takes 1e5 and nan too. (A pattern takes jq 1.6 three times as long; `tonumber?` outside of brackets
# catches what goes wrong further down the pipe.)
def number: if . == null or explode - ("-.0123456789" | explode) != [] then null else [tonumber?][0] end;

# 1234567.5 as 1,234,567.5
def grouped:
    if number == null or length < 4 then . else
      split(".") as [$whole, $decimals]
      | ($whole | ltrimstr("-") | length) as $digits
      | ($whole | rtrimstr($whole[-$digits:]))
        + ([range(($digits - 1) % 3 - 2; $digits; 3) as $at | $whole[-$digits:][([$at, 0] | max):$at + 3]] | join(","))
        + (if $decimals then "." + $decimals else "" end)
    end;

# With two decimals, as amounts and percentages are set one below the other; more decimals stay.
def two_places:
    if number == null then . else
      (split(".")[1] // "" | length) as $decimals
      | if $decimals == 0 then . + ".00" elif $decimals == 1 then . + "0" else . end
    end;

# Baht as millions with two decimals, rounded half up.
def millions:
    number
    | if . == null then "" else
        (. / 1e4 + 0.5 | floor | tostring)
        | if length < 3 then "0" * (3 - length) + . else . end
        | (.[:-2] | grouped) + "." + .[-2:]
      end;

# A difference with its sign.
def signed: if startswith("-") then "−" + .[1:] elif number == null or number == 0 then . else "+" + . end;
