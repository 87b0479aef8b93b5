-- From GONE there is no way back.
var
  place: enum { HOME, AWAY, GONE, LOST };
startstate
begin
  place := HOME;
end;
rule "leave"
  place = HOME
==>
begin
  place := AWAY;
end;
rule "return"
  place = AWAY
==>
begin
  place := HOME;
end;
rule "go for good"
  place = AWAY
==>
begin
  place := GONE;
end;
rule "wander"
  place = GONE | place = LOST
==>
begin
  place := place = GONE ? LOST : GONE;
end;
liveness "one can always come home"
  place = HOME;
