# Events of ftrace as JSON, one a line: sed -nEf json.sed trace
/^#/d
s/\\/\\\\/g
s/"/\\"/g
s/^ *(.*)-([0-9]+) +\[0*([0-9]+)\] [^ ]+ +([0-9.]+): (\w+): (.*)$/{"task":"\1","pid":\2,"on":\3,"time":\4,"event":"\5"@\6}/
s/@(\$|=)(.*)\}/,"text":"\1\2"}/
s/@\([^)]*\)/@/
s/\((\w+)\)\}$/"function":"\1"}/
:field
s/@ *(\w+)[:=] *0*(-?[0-9]+)/,"\1":\2@/
tfield
s/@ *"function/,"function/
s/@ *\}/}/
p
