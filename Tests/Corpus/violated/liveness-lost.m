-- A liveness property fails: a cycle is entered that never leads back.
-- expect: violated "way back"
-- judge: rumur

var x : 0..3;

startstate begin x := 0 end;

rule "good" x < 2 ==> begin x := 1 - x end;
rule "bad" x = 0 ==> begin x := 2 end;
rule "trap" x > 1 ==> begin x := 5 - x end;

liveness "way back" x = 0;
