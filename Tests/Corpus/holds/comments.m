-- Both comment styles, in odd places.
-- expect: holds
-- states: 2
-- rules: 2
-- judge: rumur

var x : 0..1; /* one /* not nested */ -- the rest
/* several
   lines ** * */
startstate /**/ begin x := /***/ 0; end; -- end; /*
rule "z" begin x := 9--8
  - 8 - x; end;
-- no newline after this one
