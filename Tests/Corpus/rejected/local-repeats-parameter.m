-- A local variable cannot repeat the name of a parameter of its function.
-- expect: rejected
-- judge: rumur

var x : 0..3;
procedure p(a : 0..3);
var a : boolean; -- ^ here
begin
end;
startstate begin x := 0 end;
rule "set" begin x := 1 end;
