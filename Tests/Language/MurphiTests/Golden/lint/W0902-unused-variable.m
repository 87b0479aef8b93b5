type
  word_t: record kind: 0..1; sender: 0..1; age: 0..3; end;
var
  queue: array [0..1] of word_t;
  count: 0..3;
  dead:  boolean;
  log:   0..1;
  mode:  0..1;
procedure fill(var w: word_t);
begin
  w.kind := 1;
end;
startstate begin count := 0; log := 0; for i: 0..1 do queue[i].age := 0; end; end;
rule "in" count < 3 & mode = 0 ==>
begin
  count := count + 1;
  queue[0].age := queue[1].age;
end;
rule "out" count > 0 ==> begin count := count - 1; log := 1; end;
