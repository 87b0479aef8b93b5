; Models/layouts/no-trampoline.yml: no placement keeps these rules. Numbers are bytes.
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
(declare-const trampoline.4.placed Bool)

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

; everything is placed: `trampoline` has to be placed
(assert (! trampoline.4.placed
  :named rule_0))

; everything lies in usable RAM: `trampoline` lies in one of the 4 pieces of usable RAM of Models/layouts/no-trampoline.iomem.txt
(assert (! (=>
    trampoline.4.placed
    (or
      (and
        (<= 6144 trampoline.4.start)
        (<= (+ trampoline.4.start trampoline.4.bytes) 10240))
      (and
        (<= 1048576 trampoline.4.start)
        (<= (+ trampoline.4.start trampoline.4.bytes) 16777216))
      (and
        (<= 34603008 trampoline.4.start)
        (<= (+ trampoline.4.start trampoline.4.bytes) 35651584))
      (and
        (<= 39845888 trampoline.4.start)
        (<= (+ trampoline.4.start trampoline.4.bytes) 2147483648))))
  :named rule_1))

; processors are started from a page below 1 MiB: the vector of a STARTUP IPI is the number of a page
(assert (! (=>
    trampoline.4.placed
    (and (<= 0 trampoline.4.start) (= (mod (+ trampoline.4.start (- 0)) 4096) 0)))
  :named rule_2))

; processors are started from a page below 1 MiB: at least one page
(assert (! (=> trampoline.4.placed (<= 4096 trampoline.4.bytes))
  :named rule_3))

; processors are started from a page below 1 MiB: below 1 MiB: the number of a page has 8 bits
(assert (! (=>
    trampoline.4.placed
    (and (<= 0 trampoline.4.start) (<= (+ trampoline.4.start trampoline.4.bytes) 1048576)))
  :named rule_4))

(check-sat)
