; Models/layouts/one-gigabyte.yml: no placement keeps these rules. Numbers are bytes.
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
(declare-const struct_page.8.start Int)
(declare-const struct_page.8.bytes Int)
(declare-const direct_map.9.start Int)
(declare-const direct_map.9.bytes Int)
(declare-const per_CPU_areas.10.start Int)
(declare-const per_CPU_areas.10.bytes Int)
(declare-const working_memory.11.start Int)
(declare-const working_memory.11.bytes Int)
(declare-const kernel.0.placed Bool)
(declare-const struct_page.8.placed Bool)
(declare-const initrd.1.placed Bool)
(declare-const unpacked_initrd.2.placed Bool)
(declare-const boot_parameters.3.placed Bool)
(declare-const trampoline.4.placed Bool)
(declare-const running_kernel_s_trampoline.5.placed Bool)
(declare-const purgatory.6.placed Bool)
(declare-const control_pages.7.placed Bool)
(declare-const direct_map.9.placed Bool)
(declare-const per_CPU_areas.10.placed Bool)
(declare-const working_memory.11.placed Bool)

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
    (<= 0 struct_page.8.start)
    (<= 1 struct_page.8.bytes)
    (<= (+ struct_page.8.start struct_page.8.bytes) 18446744073709551616)))

(assert (and
    (<= 0 direct_map.9.start)
    (<= 1 direct_map.9.bytes)
    (<= (+ direct_map.9.start direct_map.9.bytes) 18446744073709551616)))

(assert (and
    (<= 0 per_CPU_areas.10.start)
    (<= 1 per_CPU_areas.10.bytes)
    (<= (+ per_CPU_areas.10.start per_CPU_areas.10.bytes) 18446744073709551616)))

(assert (and
    (<= 0 working_memory.11.start)
    (<= 1 working_memory.11.bytes)
    (<= (+ working_memory.11.start working_memory.11.bytes) 18446744073709551616)))

; everything is placed: `kernel` has to be placed
(assert (! kernel.0.placed
  :named rule_0))

; what a parked processor or the running kernel uses stays as it is: `kernel` leaves the running kernel's 921698304 bytes alone
(assert (! (=>
    kernel.0.placed
    (or (<= (+ kernel.0.start kernel.0.bytes) 1048576) (<= 922746880 kernel.0.start)))
  :named rule_1))

; everything is placed: `struct page` has to be placed
(assert (! struct_page.8.placed
  :named rule_2))

; what a parked processor or the running kernel uses stays as it is: `struct page` leaves the running kernel's 921698304 bytes alone
(assert (! (=>
    struct_page.8.placed
    (or
      (<= (+ struct_page.8.start struct_page.8.bytes) 1048576)
      (<= 922746880 struct_page.8.start)))
  :named rule_3))

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
      (and kernel.0.placed struct_page.8.placed)
      (or
        (<= (+ kernel.0.start kernel.0.bytes) struct_page.8.start)
        (<= (+ struct_page.8.start struct_page.8.bytes) kernel.0.start)))
    (=>
      (and kernel.0.placed direct_map.9.placed)
      (or
        (<= (+ kernel.0.start kernel.0.bytes) direct_map.9.start)
        (<= (+ direct_map.9.start direct_map.9.bytes) kernel.0.start)))
    (=>
      (and kernel.0.placed per_CPU_areas.10.placed)
      (or
        (<= (+ kernel.0.start kernel.0.bytes) per_CPU_areas.10.start)
        (<= (+ per_CPU_areas.10.start per_CPU_areas.10.bytes) kernel.0.start)))
    (=>
      (and kernel.0.placed working_memory.11.placed)
      (or
        (<= (+ kernel.0.start kernel.0.bytes) working_memory.11.start)
        (<= (+ working_memory.11.start working_memory.11.bytes) kernel.0.start)))
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
      (and initrd.1.placed struct_page.8.placed)
      (or
        (<= (+ initrd.1.start initrd.1.bytes) struct_page.8.start)
        (<= (+ struct_page.8.start struct_page.8.bytes) initrd.1.start)))
    (=>
      (and initrd.1.placed direct_map.9.placed)
      (or
        (<= (+ initrd.1.start initrd.1.bytes) direct_map.9.start)
        (<= (+ direct_map.9.start direct_map.9.bytes) initrd.1.start)))
    (=>
      (and initrd.1.placed per_CPU_areas.10.placed)
      (or
        (<= (+ initrd.1.start initrd.1.bytes) per_CPU_areas.10.start)
        (<= (+ per_CPU_areas.10.start per_CPU_areas.10.bytes) initrd.1.start)))
    (=>
      (and initrd.1.placed working_memory.11.placed)
      (or
        (<= (+ initrd.1.start initrd.1.bytes) working_memory.11.start)
        (<= (+ working_memory.11.start working_memory.11.bytes) initrd.1.start)))
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
      (and unpacked_initrd.2.placed struct_page.8.placed)
      (or
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) struct_page.8.start)
        (<= (+ struct_page.8.start struct_page.8.bytes) unpacked_initrd.2.start)))
    (=>
      (and unpacked_initrd.2.placed direct_map.9.placed)
      (or
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) direct_map.9.start)
        (<= (+ direct_map.9.start direct_map.9.bytes) unpacked_initrd.2.start)))
    (=>
      (and unpacked_initrd.2.placed per_CPU_areas.10.placed)
      (or
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) per_CPU_areas.10.start)
        (<= (+ per_CPU_areas.10.start per_CPU_areas.10.bytes) unpacked_initrd.2.start)))
    (=>
      (and unpacked_initrd.2.placed working_memory.11.placed)
      (or
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) working_memory.11.start)
        (<= (+ working_memory.11.start working_memory.11.bytes) unpacked_initrd.2.start)))
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
      (and boot_parameters.3.placed struct_page.8.placed)
      (or
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) struct_page.8.start)
        (<= (+ struct_page.8.start struct_page.8.bytes) boot_parameters.3.start)))
    (=>
      (and boot_parameters.3.placed direct_map.9.placed)
      (or
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) direct_map.9.start)
        (<= (+ direct_map.9.start direct_map.9.bytes) boot_parameters.3.start)))
    (=>
      (and boot_parameters.3.placed per_CPU_areas.10.placed)
      (or
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) per_CPU_areas.10.start)
        (<= (+ per_CPU_areas.10.start per_CPU_areas.10.bytes) boot_parameters.3.start)))
    (=>
      (and boot_parameters.3.placed working_memory.11.placed)
      (or
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) working_memory.11.start)
        (<= (+ working_memory.11.start working_memory.11.bytes) boot_parameters.3.start)))
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
      (and trampoline.4.placed struct_page.8.placed)
      (or
        (<= (+ trampoline.4.start trampoline.4.bytes) struct_page.8.start)
        (<= (+ struct_page.8.start struct_page.8.bytes) trampoline.4.start)))
    (=>
      (and trampoline.4.placed direct_map.9.placed)
      (or
        (<= (+ trampoline.4.start trampoline.4.bytes) direct_map.9.start)
        (<= (+ direct_map.9.start direct_map.9.bytes) trampoline.4.start)))
    (=>
      (and trampoline.4.placed per_CPU_areas.10.placed)
      (or
        (<= (+ trampoline.4.start trampoline.4.bytes) per_CPU_areas.10.start)
        (<= (+ per_CPU_areas.10.start per_CPU_areas.10.bytes) trampoline.4.start)))
    (=>
      (and trampoline.4.placed working_memory.11.placed)
      (or
        (<= (+ trampoline.4.start trampoline.4.bytes) working_memory.11.start)
        (<= (+ working_memory.11.start working_memory.11.bytes) trampoline.4.start)))
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
      (and running_kernel_s_trampoline.5.placed struct_page.8.placed)
      (or
        (<=
          (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
          struct_page.8.start)
        (<=
          (+ struct_page.8.start struct_page.8.bytes)
          running_kernel_s_trampoline.5.start)))
    (=>
      (and running_kernel_s_trampoline.5.placed direct_map.9.placed)
      (or
        (<=
          (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
          direct_map.9.start)
        (<= (+ direct_map.9.start direct_map.9.bytes) running_kernel_s_trampoline.5.start)))
    (=>
      (and running_kernel_s_trampoline.5.placed per_CPU_areas.10.placed)
      (or
        (<=
          (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
          per_CPU_areas.10.start)
        (<=
          (+ per_CPU_areas.10.start per_CPU_areas.10.bytes)
          running_kernel_s_trampoline.5.start)))
    (=>
      (and running_kernel_s_trampoline.5.placed working_memory.11.placed)
      (or
        (<=
          (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
          working_memory.11.start)
        (<=
          (+ working_memory.11.start working_memory.11.bytes)
          running_kernel_s_trampoline.5.start)))
    (=>
      (and purgatory.6.placed control_pages.7.placed)
      (or
        (<= (+ purgatory.6.start purgatory.6.bytes) control_pages.7.start)
        (<= (+ control_pages.7.start control_pages.7.bytes) purgatory.6.start)))
    (=>
      (and purgatory.6.placed struct_page.8.placed)
      (or
        (<= (+ purgatory.6.start purgatory.6.bytes) struct_page.8.start)
        (<= (+ struct_page.8.start struct_page.8.bytes) purgatory.6.start)))
    (=>
      (and purgatory.6.placed direct_map.9.placed)
      (or
        (<= (+ purgatory.6.start purgatory.6.bytes) direct_map.9.start)
        (<= (+ direct_map.9.start direct_map.9.bytes) purgatory.6.start)))
    (=>
      (and purgatory.6.placed per_CPU_areas.10.placed)
      (or
        (<= (+ purgatory.6.start purgatory.6.bytes) per_CPU_areas.10.start)
        (<= (+ per_CPU_areas.10.start per_CPU_areas.10.bytes) purgatory.6.start)))
    (=>
      (and purgatory.6.placed working_memory.11.placed)
      (or
        (<= (+ purgatory.6.start purgatory.6.bytes) working_memory.11.start)
        (<= (+ working_memory.11.start working_memory.11.bytes) purgatory.6.start)))
    (=>
      (and control_pages.7.placed struct_page.8.placed)
      (or
        (<= (+ control_pages.7.start control_pages.7.bytes) struct_page.8.start)
        (<= (+ struct_page.8.start struct_page.8.bytes) control_pages.7.start)))
    (=>
      (and control_pages.7.placed direct_map.9.placed)
      (or
        (<= (+ control_pages.7.start control_pages.7.bytes) direct_map.9.start)
        (<= (+ direct_map.9.start direct_map.9.bytes) control_pages.7.start)))
    (=>
      (and control_pages.7.placed per_CPU_areas.10.placed)
      (or
        (<= (+ control_pages.7.start control_pages.7.bytes) per_CPU_areas.10.start)
        (<= (+ per_CPU_areas.10.start per_CPU_areas.10.bytes) control_pages.7.start)))
    (=>
      (and control_pages.7.placed working_memory.11.placed)
      (or
        (<= (+ control_pages.7.start control_pages.7.bytes) working_memory.11.start)
        (<= (+ working_memory.11.start working_memory.11.bytes) control_pages.7.start)))
    (=>
      (and struct_page.8.placed direct_map.9.placed)
      (or
        (<= (+ struct_page.8.start struct_page.8.bytes) direct_map.9.start)
        (<= (+ direct_map.9.start direct_map.9.bytes) struct_page.8.start)))
    (=>
      (and struct_page.8.placed per_CPU_areas.10.placed)
      (or
        (<= (+ struct_page.8.start struct_page.8.bytes) per_CPU_areas.10.start)
        (<= (+ per_CPU_areas.10.start per_CPU_areas.10.bytes) struct_page.8.start)))
    (=>
      (and struct_page.8.placed working_memory.11.placed)
      (or
        (<= (+ struct_page.8.start struct_page.8.bytes) working_memory.11.start)
        (<= (+ working_memory.11.start working_memory.11.bytes) struct_page.8.start)))
    (=>
      (and direct_map.9.placed per_CPU_areas.10.placed)
      (or
        (<= (+ direct_map.9.start direct_map.9.bytes) per_CPU_areas.10.start)
        (<= (+ per_CPU_areas.10.start per_CPU_areas.10.bytes) direct_map.9.start)))
    (=>
      (and direct_map.9.placed working_memory.11.placed)
      (or
        (<= (+ direct_map.9.start direct_map.9.bytes) working_memory.11.start)
        (<= (+ working_memory.11.start working_memory.11.bytes) direct_map.9.start)))
    (=>
      (and per_CPU_areas.10.placed working_memory.11.placed)
      (or
        (<= (+ per_CPU_areas.10.start per_CPU_areas.10.bytes) working_memory.11.start)
        (<= (+ working_memory.11.start working_memory.11.bytes) per_CPU_areas.10.start))))
  :named rule_4))

; there is a struct page for each frame: 32 bytes for each frame of 536870912 bytes are 4194304
(assert (! (=> struct_page.8.placed (<= 4194304 struct_page.8.bytes))
  :named rule_5))

; the image has the memory that its header asks for: 16777216 bytes by the kernel of Models/layouts/one-gigabyte.yml; it may need more before it can read its memory map
(assert (! (=> kernel.0.placed (<= 16777216 kernel.0.bytes))
  :named rule_6))

; 32-bit x86 keeps its kernel and struct pages below 896 MiB: below 896 MiB, what a 3:1 split maps permanently
(assert (! (=>
    kernel.0.placed
    (and (<= 0 kernel.0.start) (<= (+ kernel.0.start kernel.0.bytes) 939524096)))
  :named rule_7))

; 32-bit x86 keeps its kernel and struct pages below 896 MiB: below 896 MiB, what a 3:1 split maps permanently
(assert (! (=>
    struct_page.8.placed
    (and
      (<= 0 struct_page.8.start)
      (<= (+ struct_page.8.start struct_page.8.bytes) 939524096)))
  :named rule_8))

(check-sat)
