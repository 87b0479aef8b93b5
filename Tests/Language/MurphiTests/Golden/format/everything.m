-- head comment
CONST N:2;M : 0x1F ;  -- behind a declaration


TYPE
   idx : 1 .. N ; sset:scalarset( 3 );   col: ENUM{RED,GREEN  ,BLUE};
 rec : record a,b:idx;  c : boolean end;
  arr:array[idx]of rec ;bag: multiset[ N ]of col; un: union{sset,col};
var x:idx;y , z:0..N*2;r:rec;t : arr;m:bag;   f:boolean; u:un; s:array[sset] of boolean;
/* a block
   comment */
function add(p:idx;q:0..4):0..10;
  var l:0..10;
begin l:=p+q*2 ; return l;end;
procedure set( var w:boolean ) ;begin w:=!w;endprocedure;

startstate"start"begin x:=1;y:=0;z := 0;clear r;for i:idx do t[i].a:=i;t[i].b:=1;t[i].c:=false;end;undefine m;f:=false;clear u;clear s;end;
ruleset i:idx;j:sset do
rule"go"x=i&!f->s[j]|(y+1)*2>=z
==>
var k:0..10;
begin
-- inside
if x=1 then x:=2;elsif x=2 then x:=1;else error"no";endif;
switch y case 0:y:=1;case 1 , 2: y:=2; else y:=0; end;
while y>2 do y:=y-1;end;
for k2:=0 to 4 by 2 do z:=k2;endfor;
alias q:t[i].a do q:=i;end;
k:=add(i,y);set(f);
assert"fine"k<=10;assume k>=0;
cover k=1;
put"text";put k;
if isundefined(r.a)then undefine r.b;end;
f:=forall c:idx do exists d:idx do t[c].a=d end end;
f := x=1?true:false;
if ismember(u,sset)then u:=RED;end;
return;
end;
end;
choose e:m do rule m[e]=RED==>begin multisetremove(e,m);end;end;
rule begin multisetadd(RED,m);multisetremovepred(g:m,m[g]=BLUE);if multisetcount(h:m,m[h]=RED)>1 then f:=true;end;end;
alias w:y do rule"w"w<2==>w:=w+1;end;end;
invariant"i"x<=N;assume"a"y<=4;cover"c"f;liveness"l"x=1;
measure"me"y+z
-- the end
