-- A record cannot contain itself.
-- expect: rejected
-- judge: rumur

type
  list : record
    head : 0..3;
    tail : list; -- ^ here
  end;
var x : list;
startstate begin x.head := 0 end;
rule "set" begin x.head := 1 end;
