// SPDX-License-Identifier: GPL-2.0
/*
 * Where fields lie that the probes read. Compiled to assembly, and never linked: probes.py reads the
 * lines `.ascii "->NAME VALUE"`.
 */

#include <linux/kbuild.h>

#include "luo_file.c"

void offsets(void);
void offsets(void)
{
	OFFSET(SESSION_RETRIEVED, luo_session, retrieved);
	OFFSET(SESSION_FILE_SET, luo_session, file_set);
	OFFSET(FILE_SET_COUNT, luo_file_set, count);
	OFFSET(FILE_TOKEN, luo_file, token);
	OFFSET(FILE_RETRIEVE_STATUS, luo_file, retrieve_status);
	OFFSET(FILE_SER_TOKEN, luo_file_ser, token);
	OFFSET(SESSION_SER_NAME, luo_session_ser, name);
	OFFSET(STRUCT_FILE_PRIVATE, file, private_data);
	OFFSET(FLB_COMPATIBLE, liveupdate_flb, compatible);
	OFFSET(HANDLER_COMPATIBLE, liveupdate_file_handler, compatible);
	OFFSET(ARGS_RETRIEVE_STATUS, liveupdate_file_op_args, retrieve_status);
}
