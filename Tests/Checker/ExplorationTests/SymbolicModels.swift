/// Models with symbolic constants that make use of all of the language, and of what can go wrong in
/// it.
enum SymbolicModels {
  static let all: [String: String] = [
    "indices by comparisons": layout + """
      var v : array [0..2] of array [boolean] of 0..3; k : 0..2;
      startstate begin
        for i : 0..2 do for b : boolean do v[i][b] := 0; end; end;
        k := x < 4 ? 1 : 0;
      end;
      rule "write" v[k][y < 3] < 3 ==> begin
        v[x < 6 ? (y > 4 ? 2 : 1) : 0][need[k] > y] := (v[k][need[2] <= x] + (x = y ? 1 : 2)) % 4;
        k := (k + 1) % 3;
      end;
      rule "forth" true ==> begin v[k][x > 2] := (v[k][x > 2] + 1) % 3; end;
      cover "both" exists i : 0..2 do v[i][false] = 2 & v[i][true] = 2 end;
      measure "sum" v[0][true] + v[1][x > y];
      """,
    "functions": layout + """
      var n : 0..7; seen : boolean;
      function clip(t : address; most : address) : address;
      begin
        if t > most then return most; else return t; end;
      end;
      function total(upto : 0..2) : address;
      var sum : address;
      begin
        sum := 0;
        for i := 0 to upto do sum := sum + clip(need[i], x) * 2 - 1; end;
        return sum;
      end;
      procedure step(var m : 0..7; t : address);
      begin
        if t % 3 = 1 then m := (m + 1) % 8; elsif t / -2 < -1 then m := (m + 2) % 8; end;
        if m = 5 then seen := true; end;
      end;
      startstate begin n := 0; seen := false; end;
      rule "step" true ==> begin step(n, total(n % 3)); end;
      rule "count" !seen ==>
      var c : 0..7; t : address;
      begin
        c := 0; t := 0;
        while t < clip(x, 5) & c < 7 do t := t + 1; c := c + 1; end;
        n := c;
        cover "counted to four" c = 4;
      end;
      invariant "clipped" forall i : 0..2 do clip(need[i], x) <= x & clip(y, x) <= y end;
      liveness "seen" seen | x > 2;
      """,
    "recursion": layout + """
      var n : 0..3; low : boolean;
      function down(t : address; depth : 0..3) : address;
      begin
        if depth = 0 | t <= 0 then return t; end;
        return down(t - need[depth % 3], depth - 1);
      end;
      startstate begin n := 0; low := false; end;
      rule "up" n < 3 & down(x, n) > 0 ==> begin n := n + 1; end;
      rule "down" n > 0 & down(x + y, 3) < y ==> begin n := n - 1; low := down(y, n) < 1; end;
      invariant "low" low -> n < 3;
      """,
    "splits in start states and guards": layout + """
      var p : array [0..2] of boolean; q : 0..3;
      ruleset i : 0..2 do
        startstate begin
          for j : 0..2 do p[j] := need[j] > need[i]; end;
          q := need[i] = 2 ? 3 : 0;
        end;
      end;
      assume "mixed" q = 1 -> x > y;
      assume "plain" !(p[0] & p[1] & p[2] & q = 2);
      ruleset i : 0..2; j : 0..2 do
        rule "swap" i < j & p[i] & need[i] + need[j] <= x & !p[j] ==> begin
          p[i] := need[j] < y; p[j] := true;
        end;
      end;
      rule "turn" (x < 3 | y > 4) -> need[0] = need[1] ==> begin q := (q + 1) % 4; end;
      rule "stay" x > y ==> begin end;
      measure "q" q;
      measure "needs" (need[0] > 1 ? 1 : 0) + (need[1] > 1 ? 1 : 0) + (p[2] ? 1 : 0);
      """,
    "bags and records": layout + """
      type r : record size : 0..3; big : boolean; end;
      var bag : multiset [3] of r; last : r; k : 0..3;
      function made(size : 0..3; t : address) : r;
      var item : r;
      begin
        item.size := size; item.big := t > size * 2;
        return item;
      end;
      startstate begin undefine bag; last := made(0, x); k := 0; end;
      rule "add" multisetcount(m : bag, true) < 3 ==> begin
        last := made(k, need[k % 3]);
        multisetadd(last, bag);
        k := (k + 1) % 4;
      end;
      choose m : bag do
        rule "take" bag[m].big = (y > 3) ==> begin multisetremove(m, bag); end;
      end;
      rule "purge" x >= y & multisetcount(m : bag, bag[m].size < x) > 1 ==> begin
        multisetremovepred(m : bag, bag[m].size > y);
      end;
      invariant "few" multisetcount(m : bag, bag[m].big & x < 2) < 3;
      """,
    "an assertion and an error": layout + """
      var n : 0..5;
      procedure check(t : address);
      begin
        assert "small" t < 14;
      end;
      startstate begin n := 0; end;
      rule "up" n < 5 ==> begin
        n := n + 1;
        if n = 5 & x > 6 & y > x then error "far"; end;
        check(x + n * 2);
      end;
      """,
    "a division by nothing": layout + """
      var n : 0..5;
      startstate begin n := 5; end;
      rule "down" n > 0 & x > 2 ==> begin n := n - 1; end;
      rule "divide" x / (n * (y > 5 ? 1 : 0) + (y > 5 ? 0 : 1)) >= 0 ==> begin n := n = 1 ? 1 : n; end;
      """,
    "what is out of range": layout + """
      var n : 0..3;
      startstate begin n := 0; end;
      rule "add" x > n & need[n > 2 ? 2 : n] < 3 ==> begin n := n + (y < x ? 2 : 1); end;
      """,
    "an index that is out of range": layout + """
      var n : 0..3; a : array [0..2] of boolean;
      startstate begin n := 0; for i : 0..2 do a[i] := false; end; end;
      rule "add" n < 3 & x > n ==> begin n := n + 1; end;
      rule "mark" y > 2 & (need[n] > 1 | a[n > 1 ? 1 : 0]) ==> begin a[n] := true; end;
      """,
    "too large a value": layout + """
      var n : 0..5;
      function power(k : 0..5) : address;
      var t : address;
      begin
        t := x;
        for i := 1 to k do t := t * 1TiB; end;
        return t;
      end;
      startstate begin n := 0; end;
      rule "up" n < 5 & power(n) >= 0 ==> begin n := n + 1; end;
      """,
    "a property that is undefined": layout + """
      var n : 0..3; late : boolean;
      startstate begin n := 0; end;
      rule "up" n < 3 & x >= n ==> begin n := n + 1; if n = 3 & y > 1 then late := true; end; end;
      invariant "late" n < 3 | y < 2 | late;
      invariant "fine" n = 3 & y < 2 -> (x >= 2 & need[0] < 9);
      invariant "undefined" n < 3 | x > 5 | late;
      """,
    "antecedents": layout + """
      var n : 0..3; b : boolean;
      startstate begin n := 0; b := false; end;
      rule "up" n < 3 & x > n ==> begin n := n + 1; end;
      rule "b" need[0] < need[1] ==> begin b := !b; end;
      invariant "never" n = 3 & x < 3 -> y = 100;
      invariant "once" b & need[2] > 2 -> need[0] < need[1];
      ruleset i : 0..2 do
        invariant "some" forall j : 0..2 do need[i] < need[j] & n > i -> x > i end;
      end;
      """,
    "an assumption in a function": layout + """
      var n : 0..4;
      function small(t : address) : boolean;
      begin
        assume t < 6;
        return t < 3;
      end;
      startstate begin n := 0; end;
      rule "up" n < 4 & small(x + n) ==> begin n := n + 1; end;
      rule "down" n > 0 ==> begin assume y > n; n := n - 1; end;
      invariant "in it" n < 4 | small(y);
      cover "three" n = 3;
      """,
    "scalarsets beside it": """
    type node : scalarset(3);
    symbolic x, y : address;
    assume "small" x >= 0 & x <= 4 & y >= 0 & y <= 4;
    var state : array [node] of 0..2; owner : node; taken : boolean;
    function count(k : 0..2) : 0..3;
    var c : 0..3;
    begin
      c := 0;
      for n : node do if state[n] = k then c := c + 1; end; end;
      return c;
    end;
    startstate begin for n : node do state[n] := 0; end; taken := false; end;
    ruleset n : node do
      rule "up" state[n] < 2 & count(1) < x ==> begin state[n] := state[n] + 1; end;
      rule "down" state[n] = 2 & count(2) > y ==> begin state[n] := 0; end;
      rule "take" !taken & state[n] = 1 & x > y ==> begin taken := true; owner := n; end;
    end;
    invariant "bounded" count(1) <= x;
    measure "twos" count(2);
    """,
  ]

  private static let layout = """
    symbolic x, y : address; need : array [0..2] of address;
    assume "x" 1 <= x & x <= 7;
    assume "y" 0 <= y & y <= 7;
    ruleset i : 0..2 do assume "need" need[i] >= 1 & need[i] <= 3; end;

    """
}
