-- Semicolons may be repeated after declarations, statements and rules.
-- expect: holds
-- states: 2
-- rules: 2
-- judge: rumur

const n : 1;;
type t : 0..n;;;
var x : t;;
;
procedure p();;; begin x := 1 - x;; end;;
startstate begin x := 0;; ; end;;
rule "z" begin p();; end;;
