-- A parameter can be undefined, and is copied like a variable.
-- expect: holds
-- states: 3
-- rules: 6
-- judge: none, Rumur does not read it
-- in CMurphi: holds 3 6
-- CMurphi 5.4.9: no error, 3 states, 6 rules fired
-- option: --deadlock off

type value : 0..1;
var box : record v : value; end; filled : boolean;
procedure store(v : value);
begin
  box.v := v;
  filled := true;
end;
startstate begin box.v := 0; filled := false; end;
rule "take away" begin store(undefined); assert isundefined(box.v); end;
rule "put in" begin store(1); end;
