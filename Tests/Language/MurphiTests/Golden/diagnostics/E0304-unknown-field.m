var message: record word: 0..3; sender: 0..1; end;
startstate begin message.word := 0; message.sendr := 0; end;
