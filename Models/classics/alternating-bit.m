-- Reliable transmission over channels that lose messages, with one bit of sequence number.
--
-- K. A. Bartlett, R. A. Scantlebury and P. T. Wilkinson, "A note on reliable full-duplex
-- transmission over half-duplex links", Communications of the ACM 12(5), 1969. Here in one
-- direction.
--
-- The channels keep order, hold up to ROOM messages, and may lose any of them. The sender sends
-- the numbers 0, 1, ... DATA - 1 round and round, so that a datum lost, doubled or out of order
-- shows.
--
-- Expect: holds

const
  DATA: 3;   -- at least 3, or one lost and one doubled look alike
  ROOM: 2;   -- messages in one channel, at least 2 so that a repeated one can follow the first

type
  datum_t: 0 .. DATA - 1;
  bit_t:   0 .. 1;
  slot_t:  1 .. ROOM;
  fill_t:  0 .. ROOM;

  frame_t: record
    bit:   bit_t;
    datum: datum_t;
  end;

var
  -- Slots beyond the fill are undefined. The first message is in slot 1.
  frames:     array [slot_t] of frame_t;
  frame_fill: fill_t;
  acks:       array [slot_t] of bit_t;
  ack_fill:   fill_t;

  sending:    datum_t;   -- the datum that the sender repeats until it is acknowledged
  send_bit:   bit_t;

  wanted:     datum_t;   -- the datum that the receiver's user has a right to get next
  want_bit:   bit_t;

  -- History: how many messages with each bit are in a channel, by what was sent, heard and lost.
  frames_sent: array [bit_t] of fill_t;
  acks_sent:   array [bit_t] of fill_t;

procedure remove_frame(s: slot_t);
begin
  frames_sent[frames[s].bit] := frames_sent[frames[s].bit] - 1;
  for i: slot_t do
    if i >= s & i < frame_fill then
      frames[i] := frames[i + 1];
    end;
  end;
  undefine frames[frame_fill];
  frame_fill := frame_fill - 1;
end;

procedure remove_ack(s: slot_t);
begin
  acks_sent[acks[s]] := acks_sent[acks[s]] - 1;
  for i: slot_t do
    if i >= s & i < ack_fill then
      acks[i] := acks[i + 1];
    end;
  end;
  undefine acks[ack_fill];
  ack_fill := ack_fill - 1;
end;

startstate "nothing sent"
begin
  undefine frames;
  undefine acks;
  frame_fill := 0;
  ack_fill := 0;
  sending := 0;
  send_bit := 0;
  wanted := 0;
  want_bit := 0;
  for b: bit_t do
    frames_sent[b] := 0;
    acks_sent[b] := 0;
  end;
end;

-- The first time or once more: the sender has no other means than to repeat.
rule "sender: send"
  frame_fill < ROOM
==>
begin
  frame_fill := frame_fill + 1;
  frames[frame_fill].bit := send_bit;
  frames[frame_fill].datum := sending;
  frames_sent[send_bit] := frames_sent[send_bit] + 1;
end;

rule "sender: hear an acknowledgement"
  ack_fill > 0
==>
begin
  if acks[1] = send_bit then
    send_bit := 1 - send_bit;
    sending := (sending + 1) % DATA;
  end;
  remove_ack(1);
end;

-- A frame with the other bit was delivered before; its acknowledgement may be lost, so it is
-- acknowledged again.
rule "receiver: hear a frame"
  frame_fill > 0 & ack_fill < ROOM
==>
begin
  ack_fill := ack_fill + 1;
  acks[ack_fill] := frames[1].bit;
  acks_sent[frames[1].bit] := acks_sent[frames[1].bit] + 1;
  if frames[1].bit = want_bit then
    assert "each datum is delivered once and in order" frames[1].datum = wanted;
    want_bit := 1 - want_bit;
    wanted := (wanted + 1) % DATA;
  end;
  remove_frame(1);
end;

ruleset s: slot_t do
  rule "channel: lose a frame"
    s <= frame_fill
  ==>
  begin
    remove_frame(s);
  end;

  rule "channel: lose an acknowledgement"
    s <= ack_fill
  ==>
  begin
    remove_ack(s);
  end;
end;

invariant "the sender is at most one datum behind"
  wanted = sending | wanted = (sending + 1) % DATA;

invariant "the bits tell who is ahead"
  (send_bit = want_bit) = (sending = wanted);

function frames_with(b: bit_t): fill_t;
  var count: fill_t;
begin
  count := 0;
  for s: slot_t do
    if s <= frame_fill & !isundefined(frames[s].bit) & frames[s].bit = b then
      count := count + 1;
    end;
  end;
  return count;
end;

function acks_with(b: bit_t): fill_t;
  var count: fill_t;
begin
  count := 0;
  for s: slot_t do
    if s <= ack_fill & !isundefined(acks[s]) & acks[s] = b then
      count := count + 1;
    end;
  end;
  return count;
end;

invariant "what is in a channel was sent, and neither heard nor lost"
  forall b: bit_t do frames_with(b) = frames_sent[b] & acks_with(b) = acks_sent[b] end;

invariant "a channel keeps order: nothing old comes behind something new"
  forall s: slot_t do
    (s < frame_fill & frames[s].bit = send_bit -> frames[s + 1].bit = send_bit)
    & (s < ack_fill & acks[s] != want_bit -> acks[s + 1] != want_bit)
  end;

invariant "beyond what is in a channel there is nothing"
  forall s: slot_t do
    (s > frame_fill -> isundefined(frames[s].bit)) & (s > ack_fill -> isundefined(acks[s]))
  end;

cover "a frame is repeated"
  frame_fill = 2 & frames[1].bit = frames[2].bit;

cover "an old frame is still on its way"
  frame_fill > 0 & frames[1].bit != want_bit;

cover "an acknowledgement comes twice"
  ack_fill = 2 & acks[1] = acks[2];

ruleset d: datum_t do
  liveness "every datum can still be delivered, again and again"
    wanted = d;
end;
