const LIMIT: 9223372036854775808;
var x: 0..3;
startstate begin x := 0; end;
