; Models/layouts/instance.yml: no placement keeps these rules. Numbers are bytes.
(set-info :smt-lib-version 2.6)
(set-info :status unsat)
(set-logic QF_LIA)

(declare-const kernel.0.start Int)
(declare-const kernel.0.bytes Int)
(declare-const initrd.1.start Int)
(declare-const initrd.1.bytes Int)
(declare-const unpacked_initrd.2.start Int)
(declare-const unpacked_initrd.2.bytes Int)
(declare-const boot_parameters.3.start Int)
(declare-const boot_parameters.3.bytes Int)
(declare-const trampoline.4.start Int)
(declare-const trampoline.4.bytes Int)
(declare-const running_kernel_s_trampoline.5.start Int)
(declare-const running_kernel_s_trampoline.5.bytes Int)
(declare-const purgatory.6.start Int)
(declare-const purgatory.6.bytes Int)
(declare-const control_pages.7.start Int)
(declare-const control_pages.7.bytes Int)
(declare-const page_tables.8.start Int)
(declare-const page_tables.8.bytes Int)
(declare-const struct_page.9.start Int)
(declare-const struct_page.9.bytes Int)
(declare-const direct_map.10.start Int)
(declare-const direct_map.10.bytes Int)
(declare-const per_CPU_areas.11.start Int)
(declare-const per_CPU_areas.11.bytes Int)
(declare-const working_memory.12.start Int)
(declare-const working_memory.12.bytes Int)
(declare-const kernel.0.placed Bool)
(declare-const unpacked_initrd.2.placed Bool)
(declare-const initrd.1.placed Bool)
(declare-const boot_parameters.3.placed Bool)
(declare-const trampoline.4.placed Bool)
(declare-const running_kernel_s_trampoline.5.placed Bool)
(declare-const purgatory.6.placed Bool)
(declare-const control_pages.7.placed Bool)
(declare-const page_tables.8.placed Bool)
(declare-const struct_page.9.placed Bool)
(declare-const direct_map.10.placed Bool)
(declare-const per_CPU_areas.11.placed Bool)
(declare-const working_memory.12.placed Bool)

(assert (and
    (<= 0 kernel.0.start)
    (<= 1 kernel.0.bytes)
    (<= (+ kernel.0.start kernel.0.bytes) 18446744073709551616)))

(assert (and
    (<= 0 initrd.1.start)
    (<= 1 initrd.1.bytes)
    (<= (+ initrd.1.start initrd.1.bytes) 18446744073709551616)))

(assert (and
    (<= 0 unpacked_initrd.2.start)
    (<= 1 unpacked_initrd.2.bytes)
    (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 18446744073709551616)))

(assert (and
    (<= 0 boot_parameters.3.start)
    (<= 1 boot_parameters.3.bytes)
    (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 18446744073709551616)))

(assert (and
    (<= 0 trampoline.4.start)
    (<= 1 trampoline.4.bytes)
    (<= (+ trampoline.4.start trampoline.4.bytes) 18446744073709551616)))

(assert (and
    (<= 0 running_kernel_s_trampoline.5.start)
    (<= 1 running_kernel_s_trampoline.5.bytes)
    (<=
      (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
      18446744073709551616)))

(assert (and
    (<= 0 purgatory.6.start)
    (<= 1 purgatory.6.bytes)
    (<= (+ purgatory.6.start purgatory.6.bytes) 18446744073709551616)))

(assert (and
    (<= 0 control_pages.7.start)
    (<= 1 control_pages.7.bytes)
    (<= (+ control_pages.7.start control_pages.7.bytes) 18446744073709551616)))

(assert (and
    (<= 0 page_tables.8.start)
    (<= 1 page_tables.8.bytes)
    (<= (+ page_tables.8.start page_tables.8.bytes) 18446744073709551616)))

(assert (and
    (<= 0 struct_page.9.start)
    (<= 1 struct_page.9.bytes)
    (<= (+ struct_page.9.start struct_page.9.bytes) 18446744073709551616)))

(assert (and
    (<= 0 direct_map.10.start)
    (<= 1 direct_map.10.bytes)
    (<= (+ direct_map.10.start direct_map.10.bytes) 18446744073709551616)))

(assert (and
    (<= 0 per_CPU_areas.11.start)
    (<= 1 per_CPU_areas.11.bytes)
    (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 18446744073709551616)))

(assert (and
    (<= 0 working_memory.12.start)
    (<= 1 working_memory.12.bytes)
    (<= (+ working_memory.12.start working_memory.12.bytes) 18446744073709551616)))

; everything is placed: `kernel` has to be placed
(assert (! kernel.0.placed
  :named rule_0))

; everything lies in the region that it is put into: `kernel` lies in `mk-instance-1-web-region-0`, 0x1c0000000-0x1c3ffffff, of which 67108864 bytes are free
(assert (! (=>
    kernel.0.placed
    (and (<= 7516192768 kernel.0.start) (<= (+ kernel.0.start kernel.0.bytes) 7583301632)))
  :named rule_1))

; everything is placed: `unpacked initrd` has to be placed
(assert (! unpacked_initrd.2.placed
  :named rule_2))

; everything lies in the region that it is put into: `unpacked initrd` lies in `mk-instance-1-web-region-0`, 0x1c0000000-0x1c3ffffff, of which 67108864 bytes are free
(assert (! (=>
    unpacked_initrd.2.placed
    (and
      (<= 7516192768 unpacked_initrd.2.start)
      (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 7583301632)))
  :named rule_3))

; everything has the size that was asked for: `unpacked initrd` takes 50331648 bytes
(assert (! (=> unpacked_initrd.2.placed (<= 50331648 unpacked_initrd.2.bytes))
  :named rule_4))

; nothing overlaps: no two of the items overlap
(assert (! (and
    (=>
      (and kernel.0.placed initrd.1.placed)
      (or
        (<= (+ kernel.0.start kernel.0.bytes) initrd.1.start)
        (<= (+ initrd.1.start initrd.1.bytes) kernel.0.start)))
    (=>
      (and kernel.0.placed unpacked_initrd.2.placed)
      (or
        (<= (+ kernel.0.start kernel.0.bytes) unpacked_initrd.2.start)
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) kernel.0.start)))
    (=>
      (and kernel.0.placed boot_parameters.3.placed)
      (or
        (<= (+ kernel.0.start kernel.0.bytes) boot_parameters.3.start)
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) kernel.0.start)))
    (=>
      (and kernel.0.placed trampoline.4.placed)
      (or
        (<= (+ kernel.0.start kernel.0.bytes) trampoline.4.start)
        (<= (+ trampoline.4.start trampoline.4.bytes) kernel.0.start)))
    (=>
      (and kernel.0.placed running_kernel_s_trampoline.5.placed)
      (or
        (<= (+ kernel.0.start kernel.0.bytes) running_kernel_s_trampoline.5.start)
        (<=
          (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
          kernel.0.start)))
    (=>
      (and kernel.0.placed purgatory.6.placed)
      (or
        (<= (+ kernel.0.start kernel.0.bytes) purgatory.6.start)
        (<= (+ purgatory.6.start purgatory.6.bytes) kernel.0.start)))
    (=>
      (and kernel.0.placed control_pages.7.placed)
      (or
        (<= (+ kernel.0.start kernel.0.bytes) control_pages.7.start)
        (<= (+ control_pages.7.start control_pages.7.bytes) kernel.0.start)))
    (=>
      (and kernel.0.placed page_tables.8.placed)
      (or
        (<= (+ kernel.0.start kernel.0.bytes) page_tables.8.start)
        (<= (+ page_tables.8.start page_tables.8.bytes) kernel.0.start)))
    (=>
      (and kernel.0.placed struct_page.9.placed)
      (or
        (<= (+ kernel.0.start kernel.0.bytes) struct_page.9.start)
        (<= (+ struct_page.9.start struct_page.9.bytes) kernel.0.start)))
    (=>
      (and kernel.0.placed direct_map.10.placed)
      (or
        (<= (+ kernel.0.start kernel.0.bytes) direct_map.10.start)
        (<= (+ direct_map.10.start direct_map.10.bytes) kernel.0.start)))
    (=>
      (and kernel.0.placed per_CPU_areas.11.placed)
      (or
        (<= (+ kernel.0.start kernel.0.bytes) per_CPU_areas.11.start)
        (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) kernel.0.start)))
    (=>
      (and kernel.0.placed working_memory.12.placed)
      (or
        (<= (+ kernel.0.start kernel.0.bytes) working_memory.12.start)
        (<= (+ working_memory.12.start working_memory.12.bytes) kernel.0.start)))
    (=>
      (and initrd.1.placed unpacked_initrd.2.placed)
      (or
        (<= (+ initrd.1.start initrd.1.bytes) unpacked_initrd.2.start)
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) initrd.1.start)))
    (=>
      (and initrd.1.placed boot_parameters.3.placed)
      (or
        (<= (+ initrd.1.start initrd.1.bytes) boot_parameters.3.start)
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) initrd.1.start)))
    (=>
      (and initrd.1.placed trampoline.4.placed)
      (or
        (<= (+ initrd.1.start initrd.1.bytes) trampoline.4.start)
        (<= (+ trampoline.4.start trampoline.4.bytes) initrd.1.start)))
    (=>
      (and initrd.1.placed running_kernel_s_trampoline.5.placed)
      (or
        (<= (+ initrd.1.start initrd.1.bytes) running_kernel_s_trampoline.5.start)
        (<=
          (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
          initrd.1.start)))
    (=>
      (and initrd.1.placed purgatory.6.placed)
      (or
        (<= (+ initrd.1.start initrd.1.bytes) purgatory.6.start)
        (<= (+ purgatory.6.start purgatory.6.bytes) initrd.1.start)))
    (=>
      (and initrd.1.placed control_pages.7.placed)
      (or
        (<= (+ initrd.1.start initrd.1.bytes) control_pages.7.start)
        (<= (+ control_pages.7.start control_pages.7.bytes) initrd.1.start)))
    (=>
      (and initrd.1.placed page_tables.8.placed)
      (or
        (<= (+ initrd.1.start initrd.1.bytes) page_tables.8.start)
        (<= (+ page_tables.8.start page_tables.8.bytes) initrd.1.start)))
    (=>
      (and initrd.1.placed struct_page.9.placed)
      (or
        (<= (+ initrd.1.start initrd.1.bytes) struct_page.9.start)
        (<= (+ struct_page.9.start struct_page.9.bytes) initrd.1.start)))
    (=>
      (and initrd.1.placed direct_map.10.placed)
      (or
        (<= (+ initrd.1.start initrd.1.bytes) direct_map.10.start)
        (<= (+ direct_map.10.start direct_map.10.bytes) initrd.1.start)))
    (=>
      (and initrd.1.placed per_CPU_areas.11.placed)
      (or
        (<= (+ initrd.1.start initrd.1.bytes) per_CPU_areas.11.start)
        (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) initrd.1.start)))
    (=>
      (and initrd.1.placed working_memory.12.placed)
      (or
        (<= (+ initrd.1.start initrd.1.bytes) working_memory.12.start)
        (<= (+ working_memory.12.start working_memory.12.bytes) initrd.1.start)))
    (=>
      (and unpacked_initrd.2.placed boot_parameters.3.placed)
      (or
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) boot_parameters.3.start)
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) unpacked_initrd.2.start)))
    (=>
      (and unpacked_initrd.2.placed trampoline.4.placed)
      (or
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) trampoline.4.start)
        (<= (+ trampoline.4.start trampoline.4.bytes) unpacked_initrd.2.start)))
    (=>
      (and unpacked_initrd.2.placed running_kernel_s_trampoline.5.placed)
      (or
        (<=
          (+ unpacked_initrd.2.start unpacked_initrd.2.bytes)
          running_kernel_s_trampoline.5.start)
        (<=
          (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
          unpacked_initrd.2.start)))
    (=>
      (and unpacked_initrd.2.placed purgatory.6.placed)
      (or
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) purgatory.6.start)
        (<= (+ purgatory.6.start purgatory.6.bytes) unpacked_initrd.2.start)))
    (=>
      (and unpacked_initrd.2.placed control_pages.7.placed)
      (or
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) control_pages.7.start)
        (<= (+ control_pages.7.start control_pages.7.bytes) unpacked_initrd.2.start)))
    (=>
      (and unpacked_initrd.2.placed page_tables.8.placed)
      (or
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) page_tables.8.start)
        (<= (+ page_tables.8.start page_tables.8.bytes) unpacked_initrd.2.start)))
    (=>
      (and unpacked_initrd.2.placed struct_page.9.placed)
      (or
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) struct_page.9.start)
        (<= (+ struct_page.9.start struct_page.9.bytes) unpacked_initrd.2.start)))
    (=>
      (and unpacked_initrd.2.placed direct_map.10.placed)
      (or
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) direct_map.10.start)
        (<= (+ direct_map.10.start direct_map.10.bytes) unpacked_initrd.2.start)))
    (=>
      (and unpacked_initrd.2.placed per_CPU_areas.11.placed)
      (or
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) per_CPU_areas.11.start)
        (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) unpacked_initrd.2.start)))
    (=>
      (and unpacked_initrd.2.placed working_memory.12.placed)
      (or
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) working_memory.12.start)
        (<= (+ working_memory.12.start working_memory.12.bytes) unpacked_initrd.2.start)))
    (=>
      (and boot_parameters.3.placed trampoline.4.placed)
      (or
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) trampoline.4.start)
        (<= (+ trampoline.4.start trampoline.4.bytes) boot_parameters.3.start)))
    (=>
      (and boot_parameters.3.placed running_kernel_s_trampoline.5.placed)
      (or
        (<=
          (+ boot_parameters.3.start boot_parameters.3.bytes)
          running_kernel_s_trampoline.5.start)
        (<=
          (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
          boot_parameters.3.start)))
    (=>
      (and boot_parameters.3.placed purgatory.6.placed)
      (or
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) purgatory.6.start)
        (<= (+ purgatory.6.start purgatory.6.bytes) boot_parameters.3.start)))
    (=>
      (and boot_parameters.3.placed control_pages.7.placed)
      (or
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) control_pages.7.start)
        (<= (+ control_pages.7.start control_pages.7.bytes) boot_parameters.3.start)))
    (=>
      (and boot_parameters.3.placed page_tables.8.placed)
      (or
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) page_tables.8.start)
        (<= (+ page_tables.8.start page_tables.8.bytes) boot_parameters.3.start)))
    (=>
      (and boot_parameters.3.placed struct_page.9.placed)
      (or
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) struct_page.9.start)
        (<= (+ struct_page.9.start struct_page.9.bytes) boot_parameters.3.start)))
    (=>
      (and boot_parameters.3.placed direct_map.10.placed)
      (or
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) direct_map.10.start)
        (<= (+ direct_map.10.start direct_map.10.bytes) boot_parameters.3.start)))
    (=>
      (and boot_parameters.3.placed per_CPU_areas.11.placed)
      (or
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) per_CPU_areas.11.start)
        (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) boot_parameters.3.start)))
    (=>
      (and boot_parameters.3.placed working_memory.12.placed)
      (or
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) working_memory.12.start)
        (<= (+ working_memory.12.start working_memory.12.bytes) boot_parameters.3.start)))
    (=>
      (and trampoline.4.placed running_kernel_s_trampoline.5.placed)
      (or
        (<= (+ trampoline.4.start trampoline.4.bytes) running_kernel_s_trampoline.5.start)
        (<=
          (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
          trampoline.4.start)))
    (=>
      (and trampoline.4.placed purgatory.6.placed)
      (or
        (<= (+ trampoline.4.start trampoline.4.bytes) purgatory.6.start)
        (<= (+ purgatory.6.start purgatory.6.bytes) trampoline.4.start)))
    (=>
      (and trampoline.4.placed control_pages.7.placed)
      (or
        (<= (+ trampoline.4.start trampoline.4.bytes) control_pages.7.start)
        (<= (+ control_pages.7.start control_pages.7.bytes) trampoline.4.start)))
    (=>
      (and trampoline.4.placed page_tables.8.placed)
      (or
        (<= (+ trampoline.4.start trampoline.4.bytes) page_tables.8.start)
        (<= (+ page_tables.8.start page_tables.8.bytes) trampoline.4.start)))
    (=>
      (and trampoline.4.placed struct_page.9.placed)
      (or
        (<= (+ trampoline.4.start trampoline.4.bytes) struct_page.9.start)
        (<= (+ struct_page.9.start struct_page.9.bytes) trampoline.4.start)))
    (=>
      (and trampoline.4.placed direct_map.10.placed)
      (or
        (<= (+ trampoline.4.start trampoline.4.bytes) direct_map.10.start)
        (<= (+ direct_map.10.start direct_map.10.bytes) trampoline.4.start)))
    (=>
      (and trampoline.4.placed per_CPU_areas.11.placed)
      (or
        (<= (+ trampoline.4.start trampoline.4.bytes) per_CPU_areas.11.start)
        (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) trampoline.4.start)))
    (=>
      (and trampoline.4.placed working_memory.12.placed)
      (or
        (<= (+ trampoline.4.start trampoline.4.bytes) working_memory.12.start)
        (<= (+ working_memory.12.start working_memory.12.bytes) trampoline.4.start)))
    (=>
      (and running_kernel_s_trampoline.5.placed purgatory.6.placed)
      (or
        (<=
          (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
          purgatory.6.start)
        (<= (+ purgatory.6.start purgatory.6.bytes) running_kernel_s_trampoline.5.start)))
    (=>
      (and running_kernel_s_trampoline.5.placed control_pages.7.placed)
      (or
        (<=
          (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
          control_pages.7.start)
        (<=
          (+ control_pages.7.start control_pages.7.bytes)
          running_kernel_s_trampoline.5.start)))
    (=>
      (and running_kernel_s_trampoline.5.placed page_tables.8.placed)
      (or
        (<=
          (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
          page_tables.8.start)
        (<=
          (+ page_tables.8.start page_tables.8.bytes)
          running_kernel_s_trampoline.5.start)))
    (=>
      (and running_kernel_s_trampoline.5.placed struct_page.9.placed)
      (or
        (<=
          (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
          struct_page.9.start)
        (<=
          (+ struct_page.9.start struct_page.9.bytes)
          running_kernel_s_trampoline.5.start)))
    (=>
      (and running_kernel_s_trampoline.5.placed direct_map.10.placed)
      (or
        (<=
          (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
          direct_map.10.start)
        (<=
          (+ direct_map.10.start direct_map.10.bytes)
          running_kernel_s_trampoline.5.start)))
    (=>
      (and running_kernel_s_trampoline.5.placed per_CPU_areas.11.placed)
      (or
        (<=
          (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
          per_CPU_areas.11.start)
        (<=
          (+ per_CPU_areas.11.start per_CPU_areas.11.bytes)
          running_kernel_s_trampoline.5.start)))
    (=>
      (and running_kernel_s_trampoline.5.placed working_memory.12.placed)
      (or
        (<=
          (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
          working_memory.12.start)
        (<=
          (+ working_memory.12.start working_memory.12.bytes)
          running_kernel_s_trampoline.5.start)))
    (=>
      (and purgatory.6.placed control_pages.7.placed)
      (or
        (<= (+ purgatory.6.start purgatory.6.bytes) control_pages.7.start)
        (<= (+ control_pages.7.start control_pages.7.bytes) purgatory.6.start)))
    (=>
      (and purgatory.6.placed page_tables.8.placed)
      (or
        (<= (+ purgatory.6.start purgatory.6.bytes) page_tables.8.start)
        (<= (+ page_tables.8.start page_tables.8.bytes) purgatory.6.start)))
    (=>
      (and purgatory.6.placed struct_page.9.placed)
      (or
        (<= (+ purgatory.6.start purgatory.6.bytes) struct_page.9.start)
        (<= (+ struct_page.9.start struct_page.9.bytes) purgatory.6.start)))
    (=>
      (and purgatory.6.placed direct_map.10.placed)
      (or
        (<= (+ purgatory.6.start purgatory.6.bytes) direct_map.10.start)
        (<= (+ direct_map.10.start direct_map.10.bytes) purgatory.6.start)))
    (=>
      (and purgatory.6.placed per_CPU_areas.11.placed)
      (or
        (<= (+ purgatory.6.start purgatory.6.bytes) per_CPU_areas.11.start)
        (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) purgatory.6.start)))
    (=>
      (and purgatory.6.placed working_memory.12.placed)
      (or
        (<= (+ purgatory.6.start purgatory.6.bytes) working_memory.12.start)
        (<= (+ working_memory.12.start working_memory.12.bytes) purgatory.6.start)))
    (=>
      (and control_pages.7.placed page_tables.8.placed)
      (or
        (<= (+ control_pages.7.start control_pages.7.bytes) page_tables.8.start)
        (<= (+ page_tables.8.start page_tables.8.bytes) control_pages.7.start)))
    (=>
      (and control_pages.7.placed struct_page.9.placed)
      (or
        (<= (+ control_pages.7.start control_pages.7.bytes) struct_page.9.start)
        (<= (+ struct_page.9.start struct_page.9.bytes) control_pages.7.start)))
    (=>
      (and control_pages.7.placed direct_map.10.placed)
      (or
        (<= (+ control_pages.7.start control_pages.7.bytes) direct_map.10.start)
        (<= (+ direct_map.10.start direct_map.10.bytes) control_pages.7.start)))
    (=>
      (and control_pages.7.placed per_CPU_areas.11.placed)
      (or
        (<= (+ control_pages.7.start control_pages.7.bytes) per_CPU_areas.11.start)
        (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) control_pages.7.start)))
    (=>
      (and control_pages.7.placed working_memory.12.placed)
      (or
        (<= (+ control_pages.7.start control_pages.7.bytes) working_memory.12.start)
        (<= (+ working_memory.12.start working_memory.12.bytes) control_pages.7.start)))
    (=>
      (and page_tables.8.placed struct_page.9.placed)
      (or
        (<= (+ page_tables.8.start page_tables.8.bytes) struct_page.9.start)
        (<= (+ struct_page.9.start struct_page.9.bytes) page_tables.8.start)))
    (=>
      (and page_tables.8.placed direct_map.10.placed)
      (or
        (<= (+ page_tables.8.start page_tables.8.bytes) direct_map.10.start)
        (<= (+ direct_map.10.start direct_map.10.bytes) page_tables.8.start)))
    (=>
      (and page_tables.8.placed per_CPU_areas.11.placed)
      (or
        (<= (+ page_tables.8.start page_tables.8.bytes) per_CPU_areas.11.start)
        (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) page_tables.8.start)))
    (=>
      (and page_tables.8.placed working_memory.12.placed)
      (or
        (<= (+ page_tables.8.start page_tables.8.bytes) working_memory.12.start)
        (<= (+ working_memory.12.start working_memory.12.bytes) page_tables.8.start)))
    (=>
      (and struct_page.9.placed direct_map.10.placed)
      (or
        (<= (+ struct_page.9.start struct_page.9.bytes) direct_map.10.start)
        (<= (+ direct_map.10.start direct_map.10.bytes) struct_page.9.start)))
    (=>
      (and struct_page.9.placed per_CPU_areas.11.placed)
      (or
        (<= (+ struct_page.9.start struct_page.9.bytes) per_CPU_areas.11.start)
        (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) struct_page.9.start)))
    (=>
      (and struct_page.9.placed working_memory.12.placed)
      (or
        (<= (+ struct_page.9.start struct_page.9.bytes) working_memory.12.start)
        (<= (+ working_memory.12.start working_memory.12.bytes) struct_page.9.start)))
    (=>
      (and direct_map.10.placed per_CPU_areas.11.placed)
      (or
        (<= (+ direct_map.10.start direct_map.10.bytes) per_CPU_areas.11.start)
        (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) direct_map.10.start)))
    (=>
      (and direct_map.10.placed working_memory.12.placed)
      (or
        (<= (+ direct_map.10.start direct_map.10.bytes) working_memory.12.start)
        (<= (+ working_memory.12.start working_memory.12.bytes) direct_map.10.start)))
    (=>
      (and per_CPU_areas.11.placed working_memory.12.placed)
      (or
        (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) working_memory.12.start)
        (<= (+ working_memory.12.start working_memory.12.bytes) per_CPU_areas.11.start))))
  :named rule_5))

; the image has the memory that its header asks for: 33554432 bytes by the kernel of Models/layouts/instance.yml; it may need more before it can read its memory map
(assert (! (=> kernel.0.placed (<= 33554432 kernel.0.bytes))
  :named rule_6))

(check-sat)
