type value_t: union { boolean, 0..3 };
var bag: multiset [2] of value_t; x: 0..3;
startstate begin x := undefined; end;
rule 5 "priority" exists i: boolean; j: boolean do i != j end ==> begin x := 0; end;
rule "colon" begin for i: boolean : x := 1; end; end;
procedure all();
begin
  for i: boolean; j: boolean do
    while x = 1 : x := 0; end;
  end;
end;
