-- A state of more than four words, without symmetry: how processes move in a swap, with what a
-- kernel knows of each. Both kernels have a table of descriptors: registers, number of pages, the
-- stretch of work the process is at, and whether the entry is the process or its ghost. One more
-- descriptor is the image on its way. As in a real machine most bits follow from a few others: 6
-- processes take 369 bits, 8 take 481, which is eight words. There are only 6^PROCS states while
-- nothing is on its way, and PROCS times as many while something is.
--
-- The only invariant is a loop over the processes.

const
  PROCS: 6;
  STRETCHES: 2;   -- of work, which a process goes through over and over

type
  proc_t: 0 .. PROCS - 1;
  kernel_t: enum { OLD, NEW };
  stretch_t: 0 .. STRETCHES - 1;
  value_t: 0 .. 15;
  register_t: enum { PC, SP, ARGUMENT, RESULT, FLAGS };

  -- A ghost is what BProc leaves behind: an entry that says where the process went.
  entry_t: enum { NONE, READY, STOPPED, SENT, GHOST };

  descriptor_t: record
    entry: entry_t;
    registers: array [register_t] of value_t;
    pages: value_t;
    stretch: stretch_t;
  end;

  channel_t: enum { EMPTY, MOVE, MOVED };

var
  table: array [kernel_t] of array [proc_t] of descriptor_t;
  channel: channel_t;
  about: proc_t;
  image: descriptor_t;

procedure wipe(var d: descriptor_t);
begin
  d.entry := NONE;
  for r: register_t do
    d.registers[r] := 0;
  end;
  d.pages := 0;
  d.stretch := 0;
end;

-- What a stretch of work leaves in a process.
procedure run(var d: descriptor_t; p: proc_t; stretch: stretch_t);
begin
  d.stretch := stretch;
  d.registers[PC] := (4 * stretch + p) % 16;
  d.registers[SP] := 15 - stretch;
  d.registers[ARGUMENT] := (3 * p + stretch) % 16;
  d.registers[RESULT] := (d.registers[ARGUMENT] * d.registers[ARGUMENT]) % 16;
  d.registers[FLAGS] := d.registers[RESULT] = 0 ? 4 : 0;
  d.pages := 1 + p % 4 + stretch;
end;

procedure empty_channel();
begin
  channel := EMPTY;
  about := 0;
  wipe(image);
end;

startstate "all processes run on the old kernel"
begin
  empty_channel();
  for p: proc_t do
    wipe(table[OLD][p]);
    wipe(table[NEW][p]);
    run(table[OLD][p], p, 0);
    table[OLD][p].entry := READY;
  end;
end;

ruleset p: proc_t do
  ruleset k: kernel_t do
    rule "process: work"
      table[k][p].entry = READY
    ==>
    begin
      run(table[k][p], p, (table[k][p].stretch + 1) % STRETCHES);
    end;
  end;

  rule "old: stop a process"
    table[OLD][p].entry = READY
  ==>
  begin
    table[OLD][p].entry := STOPPED;
  end;

  rule "old: resume a process"
    table[OLD][p].entry = STOPPED
  ==>
  begin
    table[OLD][p].entry := READY;
  end;

  rule "old: send a process"
    channel = EMPTY & table[OLD][p].entry = STOPPED
  ==>
  begin
    channel := MOVE;
    about := p;
    image := table[OLD][p];
    table[OLD][p].entry := SENT;
  end;

  rule "new: take the process"
    channel = MOVE & about = p
  ==>
  begin
    channel := MOVED;
    table[NEW][p] := image;
    table[NEW][p].entry := READY;
    wipe(image);
  end;

  rule "new: refuse the process"
    channel = MOVE & about = p
  ==>
  begin
    empty_channel();
    table[OLD][p].entry := STOPPED;
  end;

  rule "old: leave a ghost"
    channel = MOVED & about = p
  ==>
  begin
    empty_channel();
    wipe(table[OLD][p]);
    table[OLD][p].entry := GHOST;
  end;
end;

rule "machine: the new kernel is the old one of the next swap"
  forall p: proc_t do table[OLD][p].entry = GHOST end
==>
begin
  for p: proc_t do
    table[OLD][p] := table[NEW][p];
    wipe(table[NEW][p]);
  end;
end;

invariant "a process is in one place"
  forall p: proc_t do
    table[OLD][p].entry = READY -> table[NEW][p].entry = NONE
  end;
