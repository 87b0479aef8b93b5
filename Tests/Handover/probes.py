"""What is traced in both kernels: kprobe events on the functions that the models name, as a bootconfig."""

import re
import struct

ENTRY, RETURN, BOTH = ("entry",), ("return",), ("entry", "return")

# Functions with what is fetched at their entry, and which are events: the entry, or the return with the
# same fields and what is returned. $NAME is an offset of Module/offsets.c. A pointer to a page or a folio
# and a physical address are shown as the number of the page.
FOLIO = "b34@6/64"
PHYSICAL = "b40@12/64"
SET = "session=-$SESSION_FILE_SET($arg1):string"
SESSION = "session=+0($arg1):string"
# The incoming list is at the beginning of luo_session_global, the outgoing one behind it.
LISTED = "session=+0($arg2):string list=$arg1:symbol"
OF_FILE = "session=+0(+$STRUCT_FILE_PRIVATE($arg{})):string"

LUO = {
    "luo_open": ("", BOTH),
    "luo_release": ("", ENTRY),
    "luo_session_create": (SESSION, BOTH),
    "luo_session_insert": (LISTED, RETURN),
    "luo_session_getfile": (SESSION, ENTRY),
    "luo_session_remove": (LISTED, ENTRY),
    "luo_session_release": (
        OF_FILE.format(2) + " incoming=+$SESSION_RETRIEVED(+$STRUCT_FILE_PRIVATE($arg2)):u8", ENTRY),
    "luo_session_retrieve": (SESSION, BOTH),
    "luo_session_finish": (SESSION, BOTH),
    "luo_session_finish_one": (SESSION, RETURN),
    "luo_session_serialize": ("", BOTH),
    "luo_session_freeze_one": (SESSION, ENTRY),
    "luo_session_unfreeze_one": (SESSION, ENTRY),
    "luo_session_deserialize": ("", BOTH),
    "luo_session_deserialize_one": ("session=+$SESSION_SER_NAME($arg2):string", RETURN),
    "liveupdate_reboot": ("", BOTH),
    "luo_preserve_file": (SET + " token=$arg2:u64 fd=$arg3:s32", BOTH),
    "luo_file_unpreserve_files": (SET + " count=+$FILE_SET_COUNT($arg1):u64", ENTRY),
    "luo_file_freeze": (SET + " count=+$FILE_SET_COUNT($arg1):u64", RETURN),
    "luo_file_freeze_one": (SET + " token=+$FILE_TOKEN($arg2):u64", RETURN),
    "luo_file_unfreeze": (SET, ENTRY),
    "luo_file_unfreeze_one": (SET + " token=+$FILE_TOKEN($arg2):u64", ENTRY),
    "luo_file_deserialize": (SET, RETURN),
    "luo_file_deserialize_one": (
        SET + " token=+$FILE_SER_TOKEN($arg2):u64 type=+0($arg2):string", RETURN),
    "luo_retrieve_file": (SET + " token=$arg2:u64", BOTH),
    "luo_file_finish": (SET + " count=+$FILE_SET_COUNT($arg1):u64", RETURN),
    "luo_file_can_finish_one": (SET + " token=+$FILE_TOKEN($arg2):u64", RETURN),
    "luo_file_finish_one": (
        SET + " token=+$FILE_TOKEN($arg2):u64 status=+$FILE_RETRIEVE_STATUS($arg2):s32", ENTRY),
    "memfd_luo_preserve": ("", RETURN),
    "memfd_luo_unpreserve": ("", ENTRY),
    "memfd_luo_freeze": ("", RETURN),
    "memfd_luo_retrieve": ("", RETURN),
    "memfd_luo_finish": ("status=+$ARGS_RETRIEVE_STATUS($arg1):s32", ENTRY),
}

FLB = {
    "luo_flb_file_preserve_one": ("flb=+$FLB_COMPATIBLE($arg1):string", BOTH),
    "luo_flb_retrieve_one": ("flb=+$FLB_COMPATIBLE($arg1):string", BOTH),
    "liveupdate_flb_put_outgoing": ("flb=+$FLB_COMPATIBLE($arg1):string", ENTRY),
    "liveupdate_flb_get_incoming": ("flb=+$FLB_COMPATIBLE($arg1):string", BOTH),
    "liveupdate_flb_put_incoming": ("flb=+$FLB_COMPATIBLE($arg1):string", ENTRY),
    "liveupdate_register_flb": ("flb=+$FLB_COMPATIBLE($arg2):string", BOTH),
    "liveupdate_register_file_handler": ("type=+$HANDLER_COMPATIBLE($arg1):string", BOTH),
    "luo_flb_serialize": ("", ENTRY),
}

KHO = {
    "kho_unpreserve_folio": (f"pfn=$arg1:{FOLIO}", ENTRY),
    "kho_preserve_pages": (f"pfn=$arg1:{FOLIO} count=$arg2:u64", ENTRY),
    "kho_unpreserve_pages": (f"pfn=$arg1:{FOLIO} count=$arg2:u64", ENTRY),
    "kho_radix_add_page": ("pfn=$arg2:u64 order=$arg3:u32", RETURN),
    "kho_radix_del_page": ("pfn=$arg2:u64 order=$arg3:u32", ENTRY),
    "kho_restore_page": (f"pfn=$arg1:{PHYSICAL} folio=$arg2:u8", RETURN),
    "kho_block_set_grow": ("set=$arg1:x64 count=$arg2:u64", RETURN),
    "kho_block_set_grow_one": ("set=$arg1:x64", RETURN),
    "kho_block_set_shrink_one": ("set=$arg1:x64", ENTRY),
    "kho_block_set_restore": (f"set=$arg1:x64 pfn=$arg2:{PHYSICAL}", RETURN),
    "kho_block_add": ("set=$arg1:x64", RETURN),
    "kho_block_set_is_cyclic": ("set=$arg1:x64", RETURN),
    "kho_block_set_destroy": ("set=$arg1:x64", ENTRY),
    "kho_add_subtree": ("name=+0($arg1):string", RETURN),
    "kho_remove_subtree": ("", ENTRY),
    "kho_retrieve_subtree": ("name=+0($arg1):string", RETURN),
    "kho_fill_kimage": ("", RETURN),
    "memfd_luo_preserve_folios": ("", BOTH),
    "memfd_pin_folios": ("", RETURN),
    "migrate_folio": (f"to=$arg2:{FOLIO} from=$arg3:{FOLIO}", RETURN),
}

# The jump itself.
JUMP = {"machine_kexec": ("", ENTRY)}
SETS = {"luo": {**LUO, **JUMP}, "luo-flb": {**LUO, **FLB, **JUMP}, "kho": {**KHO, **JUMP}}
# What is returned otherwise than as an error: a pointer, and a truth value.
RESULTS = {"kho_restore_page": "ret=$retval:x64", "kho_block_set_is_cyclic": "ret=$retval:u8"}


def read_offsets(assembly):
    """The numbers that the kernel's compiler has written as `.ascii "->NAME $VALUE expression"`."""
    offsets = {name: int(value) for name, value in
               re.findall(r'"->(\w+) \$?(-?\d+) ', assembly)}
    if "SESSION_FILE_SET" not in offsets:
        raise ValueError("the kernel's source has not the structures that the probes read")
    return offsets


def definitions(functions, offsets):
    """Names of events with their probes: FUNCTION at its entry and FUNCTION_returns."""
    for function, (fetched, when) in functions.items():
        text = re.sub(r"\$([A-Z_]+)", lambda found: str(offsets[found.group(1)]), fetched)
        if "entry" in when:
            yield function, f"{function} {text}".strip()
        if "return" in when:
            result = RESULTS.get(function, "ret=$retval:s32")
            yield f"{function}_returns", f"{function}%return {text} {result}".replace("  ", " ")


def names(functions):
    """The names of the events."""
    return {name for function, (_, when) in functions.items() for name, which in
            ((function, "entry"), (f"{function}_returns", "return")) if which in when}


def bootconfig(functions, offsets):
    """The text that the kernel reads behind its initrd, before most of its initcalls."""
    lines = ["ftrace {", "  event {", "    kprobes {"]
    for name, probe in definitions(functions, offsets):
        lines += [f"      {name} {{", f'        probes = "{probe}"', "        enable", "      }"]
    return "\n".join(lines + ["    }", "  }", "}"]) + "\n"


def appended(text):
    """The bytes of a bootconfig as they stand behind an initrd."""
    data = text.encode() + b"\0"
    data += b"\0" * (-len(data) % 4)
    return data + struct.pack("<II", len(data), sum(data) & 0xffffffff) + b"#BOOTCONFIG\n"
