-- A model that declares `assume`, `cover` and `liveness` is CMurphi's, where these are names like any
-- others. Three values of `cover.assume`, in each of which both rules are fired.
-- expect: holds
-- states: 3
-- rules: 6

type
  liveness : enum { Assume, none };
var
  cover : record assume, x : 0..2; end;
  kind : liveness;

procedure Cover(assume : 0..2);
begin
  cover.assume := assume;
end;

startstate
begin
  cover.assume := 0;
  cover.x := 2;
  kind := Assume;
end;

rule "cover" begin Cover((cover.assume + 1) % 3); end;
rule "back" begin cover.assume := 0; end;

invariant kind = Assume & cover.x = 2;
