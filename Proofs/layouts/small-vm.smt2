; Models/layouts/small-vm.yml: this placement keeps all rules. Numbers are bytes.
(set-info :smt-lib-version 2.6)
(set-info :status sat)
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
(declare-const crash_kernel.13.start Int)
(declare-const crash_kernel.13.bytes Int)
(declare-const kernel.0.placed Bool)
(declare-const initrd.1.placed Bool)
(declare-const unpacked_initrd.2.placed Bool)
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
(declare-const crash_kernel.13.placed Bool)

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

(assert (and
    (<= 0 crash_kernel.13.start)
    (<= 1 crash_kernel.13.bytes)
    (<= (+ crash_kernel.13.start crash_kernel.13.bytes) 18446744073709551616)))

; everything is placed: `kernel` has to be placed
(assert (! kernel.0.placed
  :named rule_0))

; everything lies in usable RAM: `kernel` lies in one of the 4 pieces of usable RAM of Models/layouts/small-vm.iomem.txt
(assert (! (=>
    kernel.0.placed
    (or
      (and (<= 4096 kernel.0.start) (<= (+ kernel.0.start kernel.0.bytes) 654336))
      (and (<= 1048576 kernel.0.start) (<= (+ kernel.0.start kernel.0.bytes) 16777216))
      (and (<= 46137344 kernel.0.start) (<= (+ kernel.0.start kernel.0.bytes) 48234496))
      (and (<= 50331648 kernel.0.start) (<= (+ kernel.0.start kernel.0.bytes) 1073610752))))
  :named rule_1))

; x86 leaves the firmware its first page and its area below 1 MiB: `kernel` leaves the first page and the BIOS' area from 0xa0000 to 1 MiB alone, which a map of the firmware's may show as RAM
(assert (! (=>
    kernel.0.placed
    (and
      (or (<= (+ kernel.0.start kernel.0.bytes) 0) (<= 4096 kernel.0.start))
      (or (<= (+ kernel.0.start kernel.0.bytes) 655360) (<= 1048576 kernel.0.start))))
  :named rule_2))

; what a parked processor or the running kernel uses stays as it is: `kernel` leaves the running kernel's 31457280 bytes alone
(assert (! (=>
    kernel.0.placed
    (and
      (or (<= (+ kernel.0.start kernel.0.bytes) 16777216) (<= 46137344 kernel.0.start))
      (or (<= (+ kernel.0.start kernel.0.bytes) 48234496) (<= 50331648 kernel.0.start))))
  :named rule_3))

; everything is placed: `initrd` has to be placed
(assert (! initrd.1.placed
  :named rule_4))

; everything lies in usable RAM: `initrd` lies in one of the 4 pieces of usable RAM of Models/layouts/small-vm.iomem.txt
(assert (! (=>
    initrd.1.placed
    (or
      (and (<= 4096 initrd.1.start) (<= (+ initrd.1.start initrd.1.bytes) 654336))
      (and (<= 1048576 initrd.1.start) (<= (+ initrd.1.start initrd.1.bytes) 16777216))
      (and (<= 46137344 initrd.1.start) (<= (+ initrd.1.start initrd.1.bytes) 48234496))
      (and (<= 50331648 initrd.1.start) (<= (+ initrd.1.start initrd.1.bytes) 1073610752))))
  :named rule_5))

; x86 leaves the firmware its first page and its area below 1 MiB: `initrd` leaves the first page and the BIOS' area from 0xa0000 to 1 MiB alone, which a map of the firmware's may show as RAM
(assert (! (=>
    initrd.1.placed
    (and
      (or (<= (+ initrd.1.start initrd.1.bytes) 0) (<= 4096 initrd.1.start))
      (or (<= (+ initrd.1.start initrd.1.bytes) 655360) (<= 1048576 initrd.1.start))))
  :named rule_6))

; what a parked processor or the running kernel uses stays as it is: `initrd` leaves the running kernel's 31457280 bytes alone
(assert (! (=>
    initrd.1.placed
    (and
      (or (<= (+ initrd.1.start initrd.1.bytes) 16777216) (<= 46137344 initrd.1.start))
      (or (<= (+ initrd.1.start initrd.1.bytes) 48234496) (<= 50331648 initrd.1.start))))
  :named rule_7))

; everything is placed: `unpacked initrd` has to be placed
(assert (! unpacked_initrd.2.placed
  :named rule_8))

; everything lies in usable RAM: `unpacked initrd` lies in one of the 4 pieces of usable RAM of Models/layouts/small-vm.iomem.txt
(assert (! (=>
    unpacked_initrd.2.placed
    (or
      (and
        (<= 4096 unpacked_initrd.2.start)
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 654336))
      (and
        (<= 1048576 unpacked_initrd.2.start)
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 16777216))
      (and
        (<= 46137344 unpacked_initrd.2.start)
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 48234496))
      (and
        (<= 50331648 unpacked_initrd.2.start)
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 1073610752))))
  :named rule_9))

; x86 leaves the firmware its first page and its area below 1 MiB: `unpacked initrd` leaves the first page and the BIOS' area from 0xa0000 to 1 MiB alone, which a map of the firmware's may show as RAM
(assert (! (=>
    unpacked_initrd.2.placed
    (and
      (or
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 0)
        (<= 4096 unpacked_initrd.2.start))
      (or
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 655360)
        (<= 1048576 unpacked_initrd.2.start))))
  :named rule_10))

; everything has the size that was asked for: `unpacked initrd` takes 67108864 bytes
(assert (! (=> unpacked_initrd.2.placed (<= 67108864 unpacked_initrd.2.bytes))
  :named rule_11))

; what a parked processor or the running kernel uses stays as it is: `unpacked initrd` leaves the running kernel's 31457280 bytes alone
(assert (! (=>
    unpacked_initrd.2.placed
    (and
      (or
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 16777216)
        (<= 46137344 unpacked_initrd.2.start))
      (or
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 48234496)
        (<= 50331648 unpacked_initrd.2.start))))
  :named rule_12))

; everything is placed: `boot parameters` has to be placed
(assert (! boot_parameters.3.placed
  :named rule_13))

; everything lies in usable RAM: `boot parameters` lies in one of the 4 pieces of usable RAM of Models/layouts/small-vm.iomem.txt
(assert (! (=>
    boot_parameters.3.placed
    (or
      (and
        (<= 4096 boot_parameters.3.start)
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 654336))
      (and
        (<= 1048576 boot_parameters.3.start)
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 16777216))
      (and
        (<= 46137344 boot_parameters.3.start)
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 48234496))
      (and
        (<= 50331648 boot_parameters.3.start)
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 1073610752))))
  :named rule_14))

; x86 leaves the firmware its first page and its area below 1 MiB: `boot parameters` leaves the first page and the BIOS' area from 0xa0000 to 1 MiB alone, which a map of the firmware's may show as RAM
(assert (! (=>
    boot_parameters.3.placed
    (and
      (or
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 0)
        (<= 4096 boot_parameters.3.start))
      (or
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 655360)
        (<= 1048576 boot_parameters.3.start))))
  :named rule_15))

; what a parked processor or the running kernel uses stays as it is: `boot parameters` leaves the running kernel's 31457280 bytes alone
(assert (! (=>
    boot_parameters.3.placed
    (and
      (or
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 16777216)
        (<= 46137344 boot_parameters.3.start))
      (or
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 48234496)
        (<= 50331648 boot_parameters.3.start))))
  :named rule_16))

; everything is placed: `trampoline` has to be placed
(assert (! trampoline.4.placed
  :named rule_17))

; everything lies in usable RAM: `trampoline` lies in one of the 4 pieces of usable RAM of Models/layouts/small-vm.iomem.txt
(assert (! (=>
    trampoline.4.placed
    (or
      (and
        (<= 4096 trampoline.4.start)
        (<= (+ trampoline.4.start trampoline.4.bytes) 654336))
      (and
        (<= 1048576 trampoline.4.start)
        (<= (+ trampoline.4.start trampoline.4.bytes) 16777216))
      (and
        (<= 46137344 trampoline.4.start)
        (<= (+ trampoline.4.start trampoline.4.bytes) 48234496))
      (and
        (<= 50331648 trampoline.4.start)
        (<= (+ trampoline.4.start trampoline.4.bytes) 1073610752))))
  :named rule_18))

; x86 leaves the firmware its first page and its area below 1 MiB: `trampoline` leaves the first page and the BIOS' area from 0xa0000 to 1 MiB alone, which a map of the firmware's may show as RAM
(assert (! (=>
    trampoline.4.placed
    (and
      (or (<= (+ trampoline.4.start trampoline.4.bytes) 0) (<= 4096 trampoline.4.start))
      (or
        (<= (+ trampoline.4.start trampoline.4.bytes) 655360)
        (<= 1048576 trampoline.4.start))))
  :named rule_19))

; what a parked processor or the running kernel uses stays as it is: `trampoline` leaves the running kernel's 31457280 bytes alone
(assert (! (=>
    trampoline.4.placed
    (and
      (or
        (<= (+ trampoline.4.start trampoline.4.bytes) 16777216)
        (<= 46137344 trampoline.4.start))
      (or
        (<= (+ trampoline.4.start trampoline.4.bytes) 48234496)
        (<= 50331648 trampoline.4.start))))
  :named rule_20))

; everything is placed: `running kernel's trampoline` has to be placed
(assert (! running_kernel_s_trampoline.5.placed
  :named rule_21))

; everything lies in usable RAM: `running kernel's trampoline` lies in one of the 4 pieces of usable RAM of Models/layouts/small-vm.iomem.txt
(assert (! (=>
    running_kernel_s_trampoline.5.placed
    (or
      (and
        (<= 4096 running_kernel_s_trampoline.5.start)
        (<=
          (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
          654336))
      (and
        (<= 1048576 running_kernel_s_trampoline.5.start)
        (<=
          (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
          16777216))
      (and
        (<= 46137344 running_kernel_s_trampoline.5.start)
        (<=
          (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
          48234496))
      (and
        (<= 50331648 running_kernel_s_trampoline.5.start)
        (<=
          (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
          1073610752))))
  :named rule_22))

; x86 leaves the firmware its first page and its area below 1 MiB: `running kernel's trampoline` leaves the first page and the BIOS' area from 0xa0000 to 1 MiB alone, which a map of the firmware's may show as RAM
(assert (! (=>
    running_kernel_s_trampoline.5.placed
    (and
      (or
        (<= (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes) 0)
        (<= 4096 running_kernel_s_trampoline.5.start))
      (or
        (<=
          (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
          655360)
        (<= 1048576 running_kernel_s_trampoline.5.start))))
  :named rule_23))

; what a parked processor or the running kernel uses stays as it is: `running kernel's trampoline` leaves the running kernel's 31457280 bytes alone
(assert (! (=>
    running_kernel_s_trampoline.5.placed
    (and
      (or
        (<=
          (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
          16777216)
        (<= 46137344 running_kernel_s_trampoline.5.start))
      (or
        (<=
          (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
          48234496)
        (<= 50331648 running_kernel_s_trampoline.5.start))))
  :named rule_24))

; everything is placed: `purgatory` has to be placed
(assert (! purgatory.6.placed
  :named rule_25))

; everything lies in usable RAM: `purgatory` lies in one of the 4 pieces of usable RAM of Models/layouts/small-vm.iomem.txt
(assert (! (=>
    purgatory.6.placed
    (or
      (and
        (<= 4096 purgatory.6.start)
        (<= (+ purgatory.6.start purgatory.6.bytes) 654336))
      (and
        (<= 1048576 purgatory.6.start)
        (<= (+ purgatory.6.start purgatory.6.bytes) 16777216))
      (and
        (<= 46137344 purgatory.6.start)
        (<= (+ purgatory.6.start purgatory.6.bytes) 48234496))
      (and
        (<= 50331648 purgatory.6.start)
        (<= (+ purgatory.6.start purgatory.6.bytes) 1073610752))))
  :named rule_26))

; x86 leaves the firmware its first page and its area below 1 MiB: `purgatory` leaves the first page and the BIOS' area from 0xa0000 to 1 MiB alone, which a map of the firmware's may show as RAM
(assert (! (=>
    purgatory.6.placed
    (and
      (or (<= (+ purgatory.6.start purgatory.6.bytes) 0) (<= 4096 purgatory.6.start))
      (or
        (<= (+ purgatory.6.start purgatory.6.bytes) 655360)
        (<= 1048576 purgatory.6.start))))
  :named rule_27))

; everything has the size that was asked for: `purgatory` takes 36864 bytes
(assert (! (=> purgatory.6.placed (<= 36864 purgatory.6.bytes))
  :named rule_28))

; what a parked processor or the running kernel uses stays as it is: `purgatory` leaves the running kernel's 31457280 bytes alone
(assert (! (=>
    purgatory.6.placed
    (and
      (or
        (<= (+ purgatory.6.start purgatory.6.bytes) 16777216)
        (<= 46137344 purgatory.6.start))
      (or
        (<= (+ purgatory.6.start purgatory.6.bytes) 48234496)
        (<= 50331648 purgatory.6.start))))
  :named rule_29))

; everything is placed: `control pages` has to be placed
(assert (! control_pages.7.placed
  :named rule_30))

; everything lies in usable RAM: `control pages` lies in one of the 4 pieces of usable RAM of Models/layouts/small-vm.iomem.txt
(assert (! (=>
    control_pages.7.placed
    (or
      (and
        (<= 4096 control_pages.7.start)
        (<= (+ control_pages.7.start control_pages.7.bytes) 654336))
      (and
        (<= 1048576 control_pages.7.start)
        (<= (+ control_pages.7.start control_pages.7.bytes) 16777216))
      (and
        (<= 46137344 control_pages.7.start)
        (<= (+ control_pages.7.start control_pages.7.bytes) 48234496))
      (and
        (<= 50331648 control_pages.7.start)
        (<= (+ control_pages.7.start control_pages.7.bytes) 1073610752))))
  :named rule_31))

; x86 leaves the firmware its first page and its area below 1 MiB: `control pages` leaves the first page and the BIOS' area from 0xa0000 to 1 MiB alone, which a map of the firmware's may show as RAM
(assert (! (=>
    control_pages.7.placed
    (and
      (or
        (<= (+ control_pages.7.start control_pages.7.bytes) 0)
        (<= 4096 control_pages.7.start))
      (or
        (<= (+ control_pages.7.start control_pages.7.bytes) 655360)
        (<= 1048576 control_pages.7.start))))
  :named rule_32))

; what a parked processor or the running kernel uses stays as it is: `control pages` leaves the running kernel's 31457280 bytes alone
(assert (! (=>
    control_pages.7.placed
    (and
      (or
        (<= (+ control_pages.7.start control_pages.7.bytes) 16777216)
        (<= 46137344 control_pages.7.start))
      (or
        (<= (+ control_pages.7.start control_pages.7.bytes) 48234496)
        (<= 50331648 control_pages.7.start))))
  :named rule_33))

; everything is placed: `page tables` has to be placed
(assert (! page_tables.8.placed
  :named rule_34))

; everything lies in usable RAM: `page tables` lies in one of the 4 pieces of usable RAM of Models/layouts/small-vm.iomem.txt
(assert (! (=>
    page_tables.8.placed
    (or
      (and
        (<= 4096 page_tables.8.start)
        (<= (+ page_tables.8.start page_tables.8.bytes) 654336))
      (and
        (<= 1048576 page_tables.8.start)
        (<= (+ page_tables.8.start page_tables.8.bytes) 16777216))
      (and
        (<= 46137344 page_tables.8.start)
        (<= (+ page_tables.8.start page_tables.8.bytes) 48234496))
      (and
        (<= 50331648 page_tables.8.start)
        (<= (+ page_tables.8.start page_tables.8.bytes) 1073610752))))
  :named rule_35))

; x86 leaves the firmware its first page and its area below 1 MiB: `page tables` leaves the first page and the BIOS' area from 0xa0000 to 1 MiB alone, which a map of the firmware's may show as RAM
(assert (! (=>
    page_tables.8.placed
    (and
      (or
        (<= (+ page_tables.8.start page_tables.8.bytes) 0)
        (<= 4096 page_tables.8.start))
      (or
        (<= (+ page_tables.8.start page_tables.8.bytes) 655360)
        (<= 1048576 page_tables.8.start))))
  :named rule_36))

; what a parked processor or the running kernel uses stays as it is: `page tables` leaves the running kernel's 31457280 bytes alone
(assert (! (=>
    page_tables.8.placed
    (and
      (or
        (<= (+ page_tables.8.start page_tables.8.bytes) 16777216)
        (<= 46137344 page_tables.8.start))
      (or
        (<= (+ page_tables.8.start page_tables.8.bytes) 48234496)
        (<= 50331648 page_tables.8.start))))
  :named rule_37))

; everything is placed: `struct page` has to be placed
(assert (! struct_page.9.placed
  :named rule_38))

; everything lies in usable RAM: `struct page` lies in one of the 4 pieces of usable RAM of Models/layouts/small-vm.iomem.txt
(assert (! (=>
    struct_page.9.placed
    (or
      (and
        (<= 4096 struct_page.9.start)
        (<= (+ struct_page.9.start struct_page.9.bytes) 654336))
      (and
        (<= 1048576 struct_page.9.start)
        (<= (+ struct_page.9.start struct_page.9.bytes) 16777216))
      (and
        (<= 46137344 struct_page.9.start)
        (<= (+ struct_page.9.start struct_page.9.bytes) 48234496))
      (and
        (<= 50331648 struct_page.9.start)
        (<= (+ struct_page.9.start struct_page.9.bytes) 1073610752))))
  :named rule_39))

; x86 leaves the firmware its first page and its area below 1 MiB: `struct page` leaves the first page and the BIOS' area from 0xa0000 to 1 MiB alone, which a map of the firmware's may show as RAM
(assert (! (=>
    struct_page.9.placed
    (and
      (or
        (<= (+ struct_page.9.start struct_page.9.bytes) 0)
        (<= 4096 struct_page.9.start))
      (or
        (<= (+ struct_page.9.start struct_page.9.bytes) 655360)
        (<= 1048576 struct_page.9.start))))
  :named rule_40))

; what a parked processor or the running kernel uses stays as it is: `struct page` leaves the running kernel's 31457280 bytes alone
(assert (! (=>
    struct_page.9.placed
    (and
      (or
        (<= (+ struct_page.9.start struct_page.9.bytes) 16777216)
        (<= 46137344 struct_page.9.start))
      (or
        (<= (+ struct_page.9.start struct_page.9.bytes) 48234496)
        (<= 50331648 struct_page.9.start))))
  :named rule_41))

; everything is placed: `direct map` has to be placed
(assert (! direct_map.10.placed
  :named rule_42))

; everything lies in usable RAM: `direct map` lies in one of the 4 pieces of usable RAM of Models/layouts/small-vm.iomem.txt
(assert (! (=>
    direct_map.10.placed
    (or
      (and
        (<= 4096 direct_map.10.start)
        (<= (+ direct_map.10.start direct_map.10.bytes) 654336))
      (and
        (<= 1048576 direct_map.10.start)
        (<= (+ direct_map.10.start direct_map.10.bytes) 16777216))
      (and
        (<= 46137344 direct_map.10.start)
        (<= (+ direct_map.10.start direct_map.10.bytes) 48234496))
      (and
        (<= 50331648 direct_map.10.start)
        (<= (+ direct_map.10.start direct_map.10.bytes) 1073610752))))
  :named rule_43))

; x86 leaves the firmware its first page and its area below 1 MiB: `direct map` leaves the first page and the BIOS' area from 0xa0000 to 1 MiB alone, which a map of the firmware's may show as RAM
(assert (! (=>
    direct_map.10.placed
    (and
      (or
        (<= (+ direct_map.10.start direct_map.10.bytes) 0)
        (<= 4096 direct_map.10.start))
      (or
        (<= (+ direct_map.10.start direct_map.10.bytes) 655360)
        (<= 1048576 direct_map.10.start))))
  :named rule_44))

; what a parked processor or the running kernel uses stays as it is: `direct map` leaves the running kernel's 31457280 bytes alone
(assert (! (=>
    direct_map.10.placed
    (and
      (or
        (<= (+ direct_map.10.start direct_map.10.bytes) 16777216)
        (<= 46137344 direct_map.10.start))
      (or
        (<= (+ direct_map.10.start direct_map.10.bytes) 48234496)
        (<= 50331648 direct_map.10.start))))
  :named rule_45))

; everything is placed: `per-CPU areas` has to be placed
(assert (! per_CPU_areas.11.placed
  :named rule_46))

; everything lies in usable RAM: `per-CPU areas` lies in one of the 4 pieces of usable RAM of Models/layouts/small-vm.iomem.txt
(assert (! (=>
    per_CPU_areas.11.placed
    (or
      (and
        (<= 4096 per_CPU_areas.11.start)
        (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 654336))
      (and
        (<= 1048576 per_CPU_areas.11.start)
        (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 16777216))
      (and
        (<= 46137344 per_CPU_areas.11.start)
        (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 48234496))
      (and
        (<= 50331648 per_CPU_areas.11.start)
        (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 1073610752))))
  :named rule_47))

; x86 leaves the firmware its first page and its area below 1 MiB: `per-CPU areas` leaves the first page and the BIOS' area from 0xa0000 to 1 MiB alone, which a map of the firmware's may show as RAM
(assert (! (=>
    per_CPU_areas.11.placed
    (and
      (or
        (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 0)
        (<= 4096 per_CPU_areas.11.start))
      (or
        (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 655360)
        (<= 1048576 per_CPU_areas.11.start))))
  :named rule_48))

; what a parked processor or the running kernel uses stays as it is: `per-CPU areas` leaves the running kernel's 31457280 bytes alone
(assert (! (=>
    per_CPU_areas.11.placed
    (and
      (or
        (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 16777216)
        (<= 46137344 per_CPU_areas.11.start))
      (or
        (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 48234496)
        (<= 50331648 per_CPU_areas.11.start))))
  :named rule_49))

; everything is placed: `working memory` has to be placed
(assert (! working_memory.12.placed
  :named rule_50))

; everything lies in usable RAM: `working memory` lies in one of the 4 pieces of usable RAM of Models/layouts/small-vm.iomem.txt
(assert (! (=>
    working_memory.12.placed
    (or
      (and
        (<= 4096 working_memory.12.start)
        (<= (+ working_memory.12.start working_memory.12.bytes) 654336))
      (and
        (<= 1048576 working_memory.12.start)
        (<= (+ working_memory.12.start working_memory.12.bytes) 16777216))
      (and
        (<= 46137344 working_memory.12.start)
        (<= (+ working_memory.12.start working_memory.12.bytes) 48234496))
      (and
        (<= 50331648 working_memory.12.start)
        (<= (+ working_memory.12.start working_memory.12.bytes) 1073610752))))
  :named rule_51))

; x86 leaves the firmware its first page and its area below 1 MiB: `working memory` leaves the first page and the BIOS' area from 0xa0000 to 1 MiB alone, which a map of the firmware's may show as RAM
(assert (! (=>
    working_memory.12.placed
    (and
      (or
        (<= (+ working_memory.12.start working_memory.12.bytes) 0)
        (<= 4096 working_memory.12.start))
      (or
        (<= (+ working_memory.12.start working_memory.12.bytes) 655360)
        (<= 1048576 working_memory.12.start))))
  :named rule_52))

; what a parked processor or the running kernel uses stays as it is: `working memory` leaves the running kernel's 31457280 bytes alone
(assert (! (=>
    working_memory.12.placed
    (and
      (or
        (<= (+ working_memory.12.start working_memory.12.bytes) 16777216)
        (<= 46137344 working_memory.12.start))
      (or
        (<= (+ working_memory.12.start working_memory.12.bytes) 48234496)
        (<= 50331648 working_memory.12.start))))
  :named rule_53))

; everything is placed: `crash kernel` has to be placed
(assert (! crash_kernel.13.placed
  :named rule_54))

; everything lies in usable RAM: `crash kernel` lies in one of the 4 pieces of usable RAM of Models/layouts/small-vm.iomem.txt
(assert (! (=>
    crash_kernel.13.placed
    (or
      (and
        (<= 4096 crash_kernel.13.start)
        (<= (+ crash_kernel.13.start crash_kernel.13.bytes) 654336))
      (and
        (<= 1048576 crash_kernel.13.start)
        (<= (+ crash_kernel.13.start crash_kernel.13.bytes) 16777216))
      (and
        (<= 46137344 crash_kernel.13.start)
        (<= (+ crash_kernel.13.start crash_kernel.13.bytes) 48234496))
      (and
        (<= 50331648 crash_kernel.13.start)
        (<= (+ crash_kernel.13.start crash_kernel.13.bytes) 1073610752))))
  :named rule_55))

; x86 leaves the firmware its first page and its area below 1 MiB: `crash kernel` leaves the first page and the BIOS' area from 0xa0000 to 1 MiB alone, which a map of the firmware's may show as RAM
(assert (! (=>
    crash_kernel.13.placed
    (and
      (or
        (<= (+ crash_kernel.13.start crash_kernel.13.bytes) 0)
        (<= 4096 crash_kernel.13.start))
      (or
        (<= (+ crash_kernel.13.start crash_kernel.13.bytes) 655360)
        (<= 1048576 crash_kernel.13.start))))
  :named rule_56))

; everything has the size that was asked for: `crash kernel` takes 268435456 bytes
(assert (! (=> crash_kernel.13.placed (<= 268435456 crash_kernel.13.bytes))
  :named rule_57))

; what a parked processor or the running kernel uses stays as it is: `crash kernel` leaves the running kernel's 31457280 bytes alone
(assert (! (=>
    crash_kernel.13.placed
    (and
      (or
        (<= (+ crash_kernel.13.start crash_kernel.13.bytes) 16777216)
        (<= 46137344 crash_kernel.13.start))
      (or
        (<= (+ crash_kernel.13.start crash_kernel.13.bytes) 48234496)
        (<= 50331648 crash_kernel.13.start))))
  :named rule_58))

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
      (and kernel.0.placed crash_kernel.13.placed)
      (or
        (<= (+ kernel.0.start kernel.0.bytes) crash_kernel.13.start)
        (<= (+ crash_kernel.13.start crash_kernel.13.bytes) kernel.0.start)))
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
      (and initrd.1.placed crash_kernel.13.placed)
      (or
        (<= (+ initrd.1.start initrd.1.bytes) crash_kernel.13.start)
        (<= (+ crash_kernel.13.start crash_kernel.13.bytes) initrd.1.start)))
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
      (and unpacked_initrd.2.placed crash_kernel.13.placed)
      (or
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) crash_kernel.13.start)
        (<= (+ crash_kernel.13.start crash_kernel.13.bytes) unpacked_initrd.2.start)))
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
      (and boot_parameters.3.placed crash_kernel.13.placed)
      (or
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) crash_kernel.13.start)
        (<= (+ crash_kernel.13.start crash_kernel.13.bytes) boot_parameters.3.start)))
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
      (and trampoline.4.placed crash_kernel.13.placed)
      (or
        (<= (+ trampoline.4.start trampoline.4.bytes) crash_kernel.13.start)
        (<= (+ crash_kernel.13.start crash_kernel.13.bytes) trampoline.4.start)))
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
      (and running_kernel_s_trampoline.5.placed crash_kernel.13.placed)
      (or
        (<=
          (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
          crash_kernel.13.start)
        (<=
          (+ crash_kernel.13.start crash_kernel.13.bytes)
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
      (and purgatory.6.placed crash_kernel.13.placed)
      (or
        (<= (+ purgatory.6.start purgatory.6.bytes) crash_kernel.13.start)
        (<= (+ crash_kernel.13.start crash_kernel.13.bytes) purgatory.6.start)))
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
      (and control_pages.7.placed crash_kernel.13.placed)
      (or
        (<= (+ control_pages.7.start control_pages.7.bytes) crash_kernel.13.start)
        (<= (+ crash_kernel.13.start crash_kernel.13.bytes) control_pages.7.start)))
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
      (and page_tables.8.placed crash_kernel.13.placed)
      (or
        (<= (+ page_tables.8.start page_tables.8.bytes) crash_kernel.13.start)
        (<= (+ crash_kernel.13.start crash_kernel.13.bytes) page_tables.8.start)))
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
      (and struct_page.9.placed crash_kernel.13.placed)
      (or
        (<= (+ struct_page.9.start struct_page.9.bytes) crash_kernel.13.start)
        (<= (+ crash_kernel.13.start crash_kernel.13.bytes) struct_page.9.start)))
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
      (and direct_map.10.placed crash_kernel.13.placed)
      (or
        (<= (+ direct_map.10.start direct_map.10.bytes) crash_kernel.13.start)
        (<= (+ crash_kernel.13.start crash_kernel.13.bytes) direct_map.10.start)))
    (=>
      (and per_CPU_areas.11.placed working_memory.12.placed)
      (or
        (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) working_memory.12.start)
        (<= (+ working_memory.12.start working_memory.12.bytes) per_CPU_areas.11.start)))
    (=>
      (and per_CPU_areas.11.placed crash_kernel.13.placed)
      (or
        (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) crash_kernel.13.start)
        (<= (+ crash_kernel.13.start crash_kernel.13.bytes) per_CPU_areas.11.start)))
    (=>
      (and working_memory.12.placed crash_kernel.13.placed)
      (or
        (<= (+ working_memory.12.start working_memory.12.bytes) crash_kernel.13.start)
        (<= (+ crash_kernel.13.start crash_kernel.13.bytes) working_memory.12.start))))
  :named rule_59))

; what page tables map is whole pages: `unpacked initrd` starts at a multiple of 4096
(assert (! (=>
    unpacked_initrd.2.placed
    (and
      (<= 0 unpacked_initrd.2.start)
      (= (mod (+ unpacked_initrd.2.start (- 0)) 4096) 0)))
  :named rule_60))

; what page tables map is whole pages: `unpacked initrd` ends at a multiple of 4096
(assert (! (=>
    unpacked_initrd.2.placed
    (= (mod (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 4096) 0))
  :named rule_61))

; what page tables map is whole pages: `struct page` starts at a multiple of 4096
(assert (! (=>
    struct_page.9.placed
    (and (<= 0 struct_page.9.start) (= (mod (+ struct_page.9.start (- 0)) 4096) 0)))
  :named rule_62))

; what page tables map is whole pages: `struct page` ends at a multiple of 4096
(assert (! (=> struct_page.9.placed (= (mod (+ struct_page.9.start struct_page.9.bytes) 4096) 0))
  :named rule_63))

; what page tables map is whole pages: `direct map` starts at a multiple of 4096
(assert (! (=>
    direct_map.10.placed
    (and (<= 0 direct_map.10.start) (= (mod (+ direct_map.10.start (- 0)) 4096) 0)))
  :named rule_64))

; what page tables map is whole pages: `direct map` ends at a multiple of 4096
(assert (! (=> direct_map.10.placed (= (mod (+ direct_map.10.start direct_map.10.bytes) 4096) 0))
  :named rule_65))

; what page tables map is whole pages: `per-CPU areas` starts at a multiple of 4096
(assert (! (=>
    per_CPU_areas.11.placed
    (and (<= 0 per_CPU_areas.11.start) (= (mod (+ per_CPU_areas.11.start (- 0)) 4096) 0)))
  :named rule_66))

; what page tables map is whole pages: `per-CPU areas` ends at a multiple of 4096
(assert (! (=>
    per_CPU_areas.11.placed
    (= (mod (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 4096) 0))
  :named rule_67))

; what page tables map is whole pages: `working memory` starts at a multiple of 4096
(assert (! (=>
    working_memory.12.placed
    (and
      (<= 0 working_memory.12.start)
      (= (mod (+ working_memory.12.start (- 0)) 4096) 0)))
  :named rule_68))

; what page tables map is whole pages: `working memory` ends at a multiple of 4096
(assert (! (=>
    working_memory.12.placed
    (= (mod (+ working_memory.12.start working_memory.12.bytes) 4096) 0))
  :named rule_69))

; what page tables map is whole pages: `control pages` starts at a multiple of 4096
(assert (! (=>
    control_pages.7.placed
    (and (<= 0 control_pages.7.start) (= (mod (+ control_pages.7.start (- 0)) 4096) 0)))
  :named rule_70))

; what page tables map is whole pages: `control pages` ends at a multiple of 4096
(assert (! (=>
    control_pages.7.placed
    (= (mod (+ control_pages.7.start control_pages.7.bytes) 4096) 0))
  :named rule_71))

; what page tables map is whole pages: `page tables` starts at a multiple of 4096
(assert (! (=>
    page_tables.8.placed
    (and (<= 0 page_tables.8.start) (= (mod (+ page_tables.8.start (- 0)) 4096) 0)))
  :named rule_72))

; what page tables map is whole pages: `page tables` ends at a multiple of 4096
(assert (! (=> page_tables.8.placed (= (mod (+ page_tables.8.start page_tables.8.bytes) 4096) 0))
  :named rule_73))

; there is a struct page for each frame: 64 bytes for each frame of 1073741824 bytes, in whole sections of 134217728, are 16777216
(assert (! (=> struct_page.9.placed (<= 16777216 struct_page.9.bytes))
  :named rule_74))

; the memory that a kernel manages has page tables: 3 pages of tables for 1073741824 bytes, mapped by 2 MiB
(assert (! (=> direct_map.10.placed (<= 12288 direct_map.10.bytes))
  :named rule_75))

; each processor has its per-CPU unit: 2 processors of 270336 bytes
(assert (! (=> per_CPU_areas.11.placed (<= 540672 per_CPU_areas.11.bytes))
  :named rule_76))

; a kernel has memory to work with: 10485760 bytes until the first program runs (`working-memory`)
(assert (! (=> working_memory.12.placed (<= 10485760 working_memory.12.bytes))
  :named rule_77))

; the image has the memory that its header asks for: 67108864 bytes by the kernel of Models/layouts/small-vm.yml; it may need more before it can read its memory map
(assert (! (=> kernel.0.placed (<= 67108864 kernel.0.bytes))
  :named rule_78))

; the image is aligned: a multiple of 2097152 by the kernel of Models/layouts/small-vm.yml, and 0 bytes more
(assert (! (=>
    kernel.0.placed
    (and (<= 0 kernel.0.start) (= (mod (+ kernel.0.start (- 0)) 2097152) 0)))
  :named rule_79))

; the image lies where it can be entered: below 0x400000000000: the kernel of Models/layouts/small-vm.yml
(assert (! (=>
    kernel.0.placed
    (and (<= 0 kernel.0.start) (<= (+ kernel.0.start kernel.0.bytes) 70368744177664)))
  :named rule_80))

; the initrd has the size of its file: its file has 8388608 bytes
(assert (! (=> initrd.1.placed (<= 8388608 initrd.1.bytes))
  :named rule_81))

; kexec's segments are whole pages: `kernel` starts at a multiple of 4096
(assert (! (=>
    kernel.0.placed
    (and (<= 0 kernel.0.start) (= (mod (+ kernel.0.start (- 0)) 4096) 0)))
  :named rule_82))

; kexec's segments are whole pages: `kernel` ends at a multiple of 4096
(assert (! (=> kernel.0.placed (= (mod (+ kernel.0.start kernel.0.bytes) 4096) 0))
  :named rule_83))

; kexec's segments take at most half of RAM, each and together: half of the usable RAM is 520877568 bytes; the kernel counts less
(assert (! (=> kernel.0.placed (<= kernel.0.bytes 520877568))
  :named rule_84))

; kexec's segments are whole pages: `initrd` starts at a multiple of 4096
(assert (! (=>
    initrd.1.placed
    (and (<= 0 initrd.1.start) (= (mod (+ initrd.1.start (- 0)) 4096) 0)))
  :named rule_85))

; kexec's segments are whole pages: `initrd` ends at a multiple of 4096
(assert (! (=> initrd.1.placed (= (mod (+ initrd.1.start initrd.1.bytes) 4096) 0))
  :named rule_86))

; kexec's segments take at most half of RAM, each and together: half of the usable RAM is 520877568 bytes; the kernel counts less
(assert (! (=> initrd.1.placed (<= initrd.1.bytes 520877568))
  :named rule_87))

; kexec's segments are whole pages: `boot parameters` starts at a multiple of 4096
(assert (! (=>
    boot_parameters.3.placed
    (and
      (<= 0 boot_parameters.3.start)
      (= (mod (+ boot_parameters.3.start (- 0)) 4096) 0)))
  :named rule_88))

; kexec's segments are whole pages: `boot parameters` ends at a multiple of 4096
(assert (! (=>
    boot_parameters.3.placed
    (= (mod (+ boot_parameters.3.start boot_parameters.3.bytes) 4096) 0))
  :named rule_89))

; kexec's segments take at most half of RAM, each and together: half of the usable RAM is 520877568 bytes; the kernel counts less
(assert (! (=> boot_parameters.3.placed (<= boot_parameters.3.bytes 520877568))
  :named rule_90))

; kexec's segments are whole pages: `purgatory` starts at a multiple of 4096
(assert (! (=>
    purgatory.6.placed
    (and (<= 0 purgatory.6.start) (= (mod (+ purgatory.6.start (- 0)) 4096) 0)))
  :named rule_91))

; kexec's segments are whole pages: `purgatory` ends at a multiple of 4096
(assert (! (=> purgatory.6.placed (= (mod (+ purgatory.6.start purgatory.6.bytes) 4096) 0))
  :named rule_92))

; kexec's segments take at most half of RAM, each and together: half of the usable RAM is 520877568 bytes; the kernel counts less
(assert (! (=> purgatory.6.placed (<= purgatory.6.bytes 520877568))
  :named rule_93))

; kexec's segments take at most half of RAM, each and together: together at most half of the usable RAM, 520877568 bytes
(assert (! (<=
    (+
      (ite kernel.0.placed kernel.0.bytes 0)
      (ite initrd.1.placed initrd.1.bytes 0)
      (ite boot_parameters.3.placed boot_parameters.3.bytes 0)
      (ite purgatory.6.placed purgatory.6.bytes 0))
    520877568)
  :named rule_94))

; kexec takes 16 segments: at most 16 segments
(assert (! (<=
    (+
      (ite kernel.0.placed 1 0)
      (ite initrd.1.placed 1 0)
      (ite boot_parameters.3.placed 1 0)
      (ite purgatory.6.placed 1 0))
    16)
  :named rule_95))

; kexec_file_load puts an x86-64 kernel at its pref_address or above: from 0x01000000 on: the kernel of Models/layouts/small-vm.yml
(assert (! (=>
    kernel.0.placed
    (and
      (<= 16777216 kernel.0.start)
      (<= (+ kernel.0.start kernel.0.bytes) 18446744073709551616)))
  :named rule_96))

; kexec_file_load puts an x86-64 initrd at 16 MiB or above: from 0x01000000 on
(assert (! (=>
    initrd.1.placed
    (and
      (<= 16777216 initrd.1.start)
      (<= (+ initrd.1.start initrd.1.bytes) 18446744073709551616)))
  :named rule_97))

; kexec_file_load leaves the first 12 KiB: from 0x00003000 on
(assert (! (=>
    boot_parameters.3.placed
    (and
      (<= 12288 boot_parameters.3.start)
      (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 18446744073709551616)))
  :named rule_98))

; kexec_file_load leaves the first 12 KiB: from 0x00003000 on
(assert (! (=>
    purgatory.6.placed
    (and
      (<= 12288 purgatory.6.start)
      (<= (+ purgatory.6.start purgatory.6.bytes) 18446744073709551616)))
  :named rule_99))

; kexec has the page tables that it copies and jumps with: 6 pages for 1073212416 bytes of RAM, mapped by 2 MiB
(assert (! (=> page_tables.8.placed (<= 24576 page_tables.8.bytes))
  :named rule_100))

; kexec has control pages that nothing is copied to: a page for the code that copies, and one to exchange others with
(assert (! (=> control_pages.7.placed (<= 8192 control_pages.7.bytes))
  :named rule_101))

; processors are started from a page below 1 MiB: the vector of a STARTUP IPI is the number of a page
(assert (! (=>
    trampoline.4.placed
    (and (<= 0 trampoline.4.start) (= (mod (+ trampoline.4.start (- 0)) 4096) 0)))
  :named rule_102))

; processors are started from a page below 1 MiB: at least one page
(assert (! (=> trampoline.4.placed (<= 4096 trampoline.4.bytes))
  :named rule_103))

; processors are started from a page below 1 MiB: the vector of a STARTUP IPI is the number of a page
(assert (! (=>
    running_kernel_s_trampoline.5.placed
    (and
      (<= 0 running_kernel_s_trampoline.5.start)
      (= (mod (+ running_kernel_s_trampoline.5.start (- 0)) 4096) 0)))
  :named rule_104))

; processors are started from a page below 1 MiB: at least one page
(assert (! (=> running_kernel_s_trampoline.5.placed (<= 4096 running_kernel_s_trampoline.5.bytes))
  :named rule_105))

; processors are started from a page below 1 MiB: below 1 MiB: the number of a page has 8 bits
(assert (! (=>
    trampoline.4.placed
    (and (<= 0 trampoline.4.start) (<= (+ trampoline.4.start trampoline.4.bytes) 1048576)))
  :named rule_106))

; processors are started from a page below 1 MiB: below 1 MiB: the number of a page has 8 bits
(assert (! (=>
    running_kernel_s_trampoline.5.placed
    (and
      (<= 0 running_kernel_s_trampoline.5.start)
      (<=
        (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
        1048576)))
  :named rule_107))

; x86 uses nothing below 1 MiB but a trampoline: `unpacked initrd` lies above 1 MiB: firmware may write below, and Linux reserves it
(assert (! (=>
    unpacked_initrd.2.placed
    (and
      (<= 1048576 unpacked_initrd.2.start)
      (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 18446744073709551616)))
  :named rule_108))

; x86 uses nothing below 1 MiB but a trampoline: `struct page` lies above 1 MiB: firmware may write below, and Linux reserves it
(assert (! (=>
    struct_page.9.placed
    (and
      (<= 1048576 struct_page.9.start)
      (<= (+ struct_page.9.start struct_page.9.bytes) 18446744073709551616)))
  :named rule_109))

; x86 uses nothing below 1 MiB but a trampoline: `direct map` lies above 1 MiB: firmware may write below, and Linux reserves it
(assert (! (=>
    direct_map.10.placed
    (and
      (<= 1048576 direct_map.10.start)
      (<= (+ direct_map.10.start direct_map.10.bytes) 18446744073709551616)))
  :named rule_110))

; x86 uses nothing below 1 MiB but a trampoline: `per-CPU areas` lies above 1 MiB: firmware may write below, and Linux reserves it
(assert (! (=>
    per_CPU_areas.11.placed
    (and
      (<= 1048576 per_CPU_areas.11.start)
      (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 18446744073709551616)))
  :named rule_111))

; x86 uses nothing below 1 MiB but a trampoline: `working memory` lies above 1 MiB: firmware may write below, and Linux reserves it
(assert (! (=>
    working_memory.12.placed
    (and
      (<= 1048576 working_memory.12.start)
      (<= (+ working_memory.12.start working_memory.12.bytes) 18446744073709551616)))
  :named rule_112))

; x86 uses nothing below 1 MiB but a trampoline: `crash kernel` lies above 1 MiB: firmware may write below, and Linux reserves it
(assert (! (=>
    crash_kernel.13.placed
    (and
      (<= 1048576 crash_kernel.13.start)
      (<= (+ crash_kernel.13.start crash_kernel.13.bytes) 18446744073709551616)))
  :named rule_113))

; the zero page and the command line have room: 8493 bytes of zero page and what goes with it, and 2047 characters of command line
(assert (! (=> boot_parameters.3.placed (<= 10540 boot_parameters.3.bytes))
  :named rule_114))

; a crash kernel is aligned: a multiple of 16777216
(assert (! (=>
    crash_kernel.13.placed
    (and
      (<= 0 crash_kernel.13.start)
      (= (mod (+ crash_kernel.13.start (- 0)) 16777216) 0)))
  :named rule_115))

; a crash kernel lies below the architecture's limit: below 0x400000000000
(assert (! (=>
    crash_kernel.13.placed
    (and
      (<= 0 crash_kernel.13.start)
      (<= (+ crash_kernel.13.start crash_kernel.13.bytes) 70368744177664)))
  :named rule_116))

; an initrd unpacks into a part of what a kernel has left: `unpacked initrd` takes at most 50 % of what 1073741824 bytes of memory have left beside `kernel`, `initrd`, `crash kernel`: the first root is a tmpfs (`initramfs-share`; with `root=` it is a ramfs, which has no limit)
(assert (! (<=
    (+
      (ite unpacked_initrd.2.placed unpacked_initrd.2.bytes 0)
      (ite unpacked_initrd.2.placed unpacked_initrd.2.bytes 0)
      (ite kernel.0.placed kernel.0.bytes 0)
      (ite initrd.1.placed initrd.1.bytes 0)
      (ite crash_kernel.13.placed crash_kernel.13.bytes 0))
    1073741824)
  :named rule_117))

; a crash kernel lies below the architecture's limit: below 4 GiB, because no item for a low crash kernel is in the question
(assert (! (=>
    crash_kernel.13.placed
    (and
      (<= 0 crash_kernel.13.start)
      (<= (+ crash_kernel.13.start crash_kernel.13.bytes) 4294967296)))
  :named rule_118))

; everything has the size that was asked for: `initrd` takes 453718016 bytes if `initrd` is 443084 KiB of 8 MiB to 1 GiB
(assert (! (=> initrd.1.placed (<= 453718016 initrd.1.bytes))
  :named rule_119))

(assert (and kernel.0.placed (= kernel.0.start 1004535808) (= kernel.0.bytes 67108864)))

(assert (and initrd.1.placed (= initrd.1.start 550817792) (= initrd.1.bytes 453718016)))

(assert (and
    unpacked_initrd.2.placed
    (= unpacked_initrd.2.start 318767104)
    (= unpacked_initrd.2.bytes 67108864)))

(assert (and
    boot_parameters.3.placed
    (= boot_parameters.3.start 1073561600)
    (= boot_parameters.3.bytes 12288)))

(assert (and trampoline.4.placed (= trampoline.4.start 4096) (= trampoline.4.bytes 4096)))

(assert (and
    running_kernel_s_trampoline.5.placed
    (= running_kernel_s_trampoline.5.start 8192)
    (= running_kernel_s_trampoline.5.bytes 4096)))

(assert (and purgatory.6.placed (= purgatory.6.start 1073573888) (= purgatory.6.bytes 36864)))

(assert (and
    control_pages.7.placed
    (= control_pages.7.start 36864)
    (= control_pages.7.bytes 8192)))

(assert (and page_tables.8.placed (= page_tables.8.start 12288) (= page_tables.8.bytes 24576)))

(assert (and
    struct_page.9.placed
    (= struct_page.9.start 385875968)
    (= struct_page.9.bytes 16777216)))

(assert (and
    direct_map.10.placed
    (= direct_map.10.start 12075008)
    (= direct_map.10.bytes 12288)))

(assert (and
    per_CPU_areas.11.placed
    (= per_CPU_areas.11.start 11534336)
    (= per_CPU_areas.11.bytes 540672)))

(assert (and
    working_memory.12.placed
    (= working_memory.12.start 1048576)
    (= working_memory.12.bytes 10485760)))

(assert (and
    crash_kernel.13.placed
    (= crash_kernel.13.start 50331648)
    (= crash_kernel.13.bytes 268435456)))

(check-sat)
