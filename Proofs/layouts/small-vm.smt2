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
(declare-const purgatory.5.start Int)
(declare-const purgatory.5.bytes Int)
(declare-const page_tables.6.start Int)
(declare-const page_tables.6.bytes Int)
(declare-const struct_page.7.start Int)
(declare-const struct_page.7.bytes Int)
(declare-const per_CPU_areas.8.start Int)
(declare-const per_CPU_areas.8.bytes Int)
(declare-const swiotlb.9.start Int)
(declare-const swiotlb.9.bytes Int)
(declare-const crash_kernel.10.start Int)
(declare-const crash_kernel.10.bytes Int)
(declare-const kernel.0.placed Bool)
(declare-const initrd.1.placed Bool)
(declare-const unpacked_initrd.2.placed Bool)
(declare-const boot_parameters.3.placed Bool)
(declare-const trampoline.4.placed Bool)
(declare-const purgatory.5.placed Bool)
(declare-const page_tables.6.placed Bool)
(declare-const struct_page.7.placed Bool)
(declare-const per_CPU_areas.8.placed Bool)
(declare-const swiotlb.9.placed Bool)
(declare-const crash_kernel.10.placed Bool)

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
    (<= 0 purgatory.5.start)
    (<= 1 purgatory.5.bytes)
    (<= (+ purgatory.5.start purgatory.5.bytes) 18446744073709551616)))

(assert (and
    (<= 0 page_tables.6.start)
    (<= 1 page_tables.6.bytes)
    (<= (+ page_tables.6.start page_tables.6.bytes) 18446744073709551616)))

(assert (and
    (<= 0 struct_page.7.start)
    (<= 1 struct_page.7.bytes)
    (<= (+ struct_page.7.start struct_page.7.bytes) 18446744073709551616)))

(assert (and
    (<= 0 per_CPU_areas.8.start)
    (<= 1 per_CPU_areas.8.bytes)
    (<= (+ per_CPU_areas.8.start per_CPU_areas.8.bytes) 18446744073709551616)))

(assert (and
    (<= 0 swiotlb.9.start)
    (<= 1 swiotlb.9.bytes)
    (<= (+ swiotlb.9.start swiotlb.9.bytes) 18446744073709551616)))

(assert (and
    (<= 0 crash_kernel.10.start)
    (<= 1 crash_kernel.10.bytes)
    (<= (+ crash_kernel.10.start crash_kernel.10.bytes) 18446744073709551616)))

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

; what a parked processor or the running kernel uses stays as it is: `kernel` leaves the running kernel's 31457280 bytes alone
(assert (! (=>
    kernel.0.placed
    (and
      (or (<= (+ kernel.0.start kernel.0.bytes) 16777216) (<= 46137344 kernel.0.start))
      (or (<= (+ kernel.0.start kernel.0.bytes) 48234496) (<= 50331648 kernel.0.start))))
  :named rule_2))

; everything is placed: `initrd` has to be placed
(assert (! initrd.1.placed
  :named rule_3))

; everything lies in usable RAM: `initrd` lies in one of the 4 pieces of usable RAM of Models/layouts/small-vm.iomem.txt
(assert (! (=>
    initrd.1.placed
    (or
      (and (<= 4096 initrd.1.start) (<= (+ initrd.1.start initrd.1.bytes) 654336))
      (and (<= 1048576 initrd.1.start) (<= (+ initrd.1.start initrd.1.bytes) 16777216))
      (and (<= 46137344 initrd.1.start) (<= (+ initrd.1.start initrd.1.bytes) 48234496))
      (and (<= 50331648 initrd.1.start) (<= (+ initrd.1.start initrd.1.bytes) 1073610752))))
  :named rule_4))

; what a parked processor or the running kernel uses stays as it is: `initrd` leaves the running kernel's 31457280 bytes alone
(assert (! (=>
    initrd.1.placed
    (and
      (or (<= (+ initrd.1.start initrd.1.bytes) 16777216) (<= 46137344 initrd.1.start))
      (or (<= (+ initrd.1.start initrd.1.bytes) 48234496) (<= 50331648 initrd.1.start))))
  :named rule_5))

; everything is placed: `unpacked initrd` has to be placed
(assert (! unpacked_initrd.2.placed
  :named rule_6))

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
  :named rule_7))

; everything has the size that was asked for: `unpacked initrd` takes 67108864 bytes
(assert (! (=> unpacked_initrd.2.placed (<= 67108864 unpacked_initrd.2.bytes))
  :named rule_8))

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
  :named rule_9))

; everything is placed: `boot parameters` has to be placed
(assert (! boot_parameters.3.placed
  :named rule_10))

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
  :named rule_11))

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
  :named rule_12))

; everything is placed: `trampoline` has to be placed
(assert (! trampoline.4.placed
  :named rule_13))

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
  :named rule_14))

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
  :named rule_15))

; everything is placed: `purgatory` has to be placed
(assert (! purgatory.5.placed
  :named rule_16))

; everything lies in usable RAM: `purgatory` lies in one of the 4 pieces of usable RAM of Models/layouts/small-vm.iomem.txt
(assert (! (=>
    purgatory.5.placed
    (or
      (and
        (<= 4096 purgatory.5.start)
        (<= (+ purgatory.5.start purgatory.5.bytes) 654336))
      (and
        (<= 1048576 purgatory.5.start)
        (<= (+ purgatory.5.start purgatory.5.bytes) 16777216))
      (and
        (<= 46137344 purgatory.5.start)
        (<= (+ purgatory.5.start purgatory.5.bytes) 48234496))
      (and
        (<= 50331648 purgatory.5.start)
        (<= (+ purgatory.5.start purgatory.5.bytes) 1073610752))))
  :named rule_17))

; everything has the size that was asked for: `purgatory` takes 65536 bytes
(assert (! (=> purgatory.5.placed (<= 65536 purgatory.5.bytes))
  :named rule_18))

; what a parked processor or the running kernel uses stays as it is: `purgatory` leaves the running kernel's 31457280 bytes alone
(assert (! (=>
    purgatory.5.placed
    (and
      (or
        (<= (+ purgatory.5.start purgatory.5.bytes) 16777216)
        (<= 46137344 purgatory.5.start))
      (or
        (<= (+ purgatory.5.start purgatory.5.bytes) 48234496)
        (<= 50331648 purgatory.5.start))))
  :named rule_19))

; everything is placed: `page tables` has to be placed
(assert (! page_tables.6.placed
  :named rule_20))

; everything lies in usable RAM: `page tables` lies in one of the 4 pieces of usable RAM of Models/layouts/small-vm.iomem.txt
(assert (! (=>
    page_tables.6.placed
    (or
      (and
        (<= 4096 page_tables.6.start)
        (<= (+ page_tables.6.start page_tables.6.bytes) 654336))
      (and
        (<= 1048576 page_tables.6.start)
        (<= (+ page_tables.6.start page_tables.6.bytes) 16777216))
      (and
        (<= 46137344 page_tables.6.start)
        (<= (+ page_tables.6.start page_tables.6.bytes) 48234496))
      (and
        (<= 50331648 page_tables.6.start)
        (<= (+ page_tables.6.start page_tables.6.bytes) 1073610752))))
  :named rule_21))

; what a parked processor or the running kernel uses stays as it is: `page tables` leaves the running kernel's 31457280 bytes alone
(assert (! (=>
    page_tables.6.placed
    (and
      (or
        (<= (+ page_tables.6.start page_tables.6.bytes) 16777216)
        (<= 46137344 page_tables.6.start))
      (or
        (<= (+ page_tables.6.start page_tables.6.bytes) 48234496)
        (<= 50331648 page_tables.6.start))))
  :named rule_22))

; everything is placed: `struct page` has to be placed
(assert (! struct_page.7.placed
  :named rule_23))

; everything lies in usable RAM: `struct page` lies in one of the 4 pieces of usable RAM of Models/layouts/small-vm.iomem.txt
(assert (! (=>
    struct_page.7.placed
    (or
      (and
        (<= 4096 struct_page.7.start)
        (<= (+ struct_page.7.start struct_page.7.bytes) 654336))
      (and
        (<= 1048576 struct_page.7.start)
        (<= (+ struct_page.7.start struct_page.7.bytes) 16777216))
      (and
        (<= 46137344 struct_page.7.start)
        (<= (+ struct_page.7.start struct_page.7.bytes) 48234496))
      (and
        (<= 50331648 struct_page.7.start)
        (<= (+ struct_page.7.start struct_page.7.bytes) 1073610752))))
  :named rule_24))

; what a parked processor or the running kernel uses stays as it is: `struct page` leaves the running kernel's 31457280 bytes alone
(assert (! (=>
    struct_page.7.placed
    (and
      (or
        (<= (+ struct_page.7.start struct_page.7.bytes) 16777216)
        (<= 46137344 struct_page.7.start))
      (or
        (<= (+ struct_page.7.start struct_page.7.bytes) 48234496)
        (<= 50331648 struct_page.7.start))))
  :named rule_25))

; everything is placed: `per-CPU areas` has to be placed
(assert (! per_CPU_areas.8.placed
  :named rule_26))

; everything lies in usable RAM: `per-CPU areas` lies in one of the 4 pieces of usable RAM of Models/layouts/small-vm.iomem.txt
(assert (! (=>
    per_CPU_areas.8.placed
    (or
      (and
        (<= 4096 per_CPU_areas.8.start)
        (<= (+ per_CPU_areas.8.start per_CPU_areas.8.bytes) 654336))
      (and
        (<= 1048576 per_CPU_areas.8.start)
        (<= (+ per_CPU_areas.8.start per_CPU_areas.8.bytes) 16777216))
      (and
        (<= 46137344 per_CPU_areas.8.start)
        (<= (+ per_CPU_areas.8.start per_CPU_areas.8.bytes) 48234496))
      (and
        (<= 50331648 per_CPU_areas.8.start)
        (<= (+ per_CPU_areas.8.start per_CPU_areas.8.bytes) 1073610752))))
  :named rule_27))

; what a parked processor or the running kernel uses stays as it is: `per-CPU areas` leaves the running kernel's 31457280 bytes alone
(assert (! (=>
    per_CPU_areas.8.placed
    (and
      (or
        (<= (+ per_CPU_areas.8.start per_CPU_areas.8.bytes) 16777216)
        (<= 46137344 per_CPU_areas.8.start))
      (or
        (<= (+ per_CPU_areas.8.start per_CPU_areas.8.bytes) 48234496)
        (<= 50331648 per_CPU_areas.8.start))))
  :named rule_28))

; everything is placed: `swiotlb` has to be placed
(assert (! swiotlb.9.placed
  :named rule_29))

; everything lies in usable RAM: `swiotlb` lies in one of the 4 pieces of usable RAM of Models/layouts/small-vm.iomem.txt
(assert (! (=>
    swiotlb.9.placed
    (or
      (and (<= 4096 swiotlb.9.start) (<= (+ swiotlb.9.start swiotlb.9.bytes) 654336))
      (and (<= 1048576 swiotlb.9.start) (<= (+ swiotlb.9.start swiotlb.9.bytes) 16777216))
      (and
        (<= 46137344 swiotlb.9.start)
        (<= (+ swiotlb.9.start swiotlb.9.bytes) 48234496))
      (and
        (<= 50331648 swiotlb.9.start)
        (<= (+ swiotlb.9.start swiotlb.9.bytes) 1073610752))))
  :named rule_30))

; what a parked processor or the running kernel uses stays as it is: `swiotlb` leaves the running kernel's 31457280 bytes alone
(assert (! (=>
    swiotlb.9.placed
    (and
      (or (<= (+ swiotlb.9.start swiotlb.9.bytes) 16777216) (<= 46137344 swiotlb.9.start))
      (or (<= (+ swiotlb.9.start swiotlb.9.bytes) 48234496) (<= 50331648 swiotlb.9.start))))
  :named rule_31))

; everything is placed: `crash kernel` has to be placed
(assert (! crash_kernel.10.placed
  :named rule_32))

; everything lies in usable RAM: `crash kernel` lies in one of the 4 pieces of usable RAM of Models/layouts/small-vm.iomem.txt
(assert (! (=>
    crash_kernel.10.placed
    (or
      (and
        (<= 4096 crash_kernel.10.start)
        (<= (+ crash_kernel.10.start crash_kernel.10.bytes) 654336))
      (and
        (<= 1048576 crash_kernel.10.start)
        (<= (+ crash_kernel.10.start crash_kernel.10.bytes) 16777216))
      (and
        (<= 46137344 crash_kernel.10.start)
        (<= (+ crash_kernel.10.start crash_kernel.10.bytes) 48234496))
      (and
        (<= 50331648 crash_kernel.10.start)
        (<= (+ crash_kernel.10.start crash_kernel.10.bytes) 1073610752))))
  :named rule_33))

; everything has the size that was asked for: `crash kernel` takes 268435456 bytes
(assert (! (=> crash_kernel.10.placed (<= 268435456 crash_kernel.10.bytes))
  :named rule_34))

; what a parked processor or the running kernel uses stays as it is: `crash kernel` leaves the running kernel's 31457280 bytes alone
(assert (! (=>
    crash_kernel.10.placed
    (and
      (or
        (<= (+ crash_kernel.10.start crash_kernel.10.bytes) 16777216)
        (<= 46137344 crash_kernel.10.start))
      (or
        (<= (+ crash_kernel.10.start crash_kernel.10.bytes) 48234496)
        (<= 50331648 crash_kernel.10.start))))
  :named rule_35))

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
      (and kernel.0.placed purgatory.5.placed)
      (or
        (<= (+ kernel.0.start kernel.0.bytes) purgatory.5.start)
        (<= (+ purgatory.5.start purgatory.5.bytes) kernel.0.start)))
    (=>
      (and kernel.0.placed page_tables.6.placed)
      (or
        (<= (+ kernel.0.start kernel.0.bytes) page_tables.6.start)
        (<= (+ page_tables.6.start page_tables.6.bytes) kernel.0.start)))
    (=>
      (and kernel.0.placed struct_page.7.placed)
      (or
        (<= (+ kernel.0.start kernel.0.bytes) struct_page.7.start)
        (<= (+ struct_page.7.start struct_page.7.bytes) kernel.0.start)))
    (=>
      (and kernel.0.placed per_CPU_areas.8.placed)
      (or
        (<= (+ kernel.0.start kernel.0.bytes) per_CPU_areas.8.start)
        (<= (+ per_CPU_areas.8.start per_CPU_areas.8.bytes) kernel.0.start)))
    (=>
      (and kernel.0.placed swiotlb.9.placed)
      (or
        (<= (+ kernel.0.start kernel.0.bytes) swiotlb.9.start)
        (<= (+ swiotlb.9.start swiotlb.9.bytes) kernel.0.start)))
    (=>
      (and kernel.0.placed crash_kernel.10.placed)
      (or
        (<= (+ kernel.0.start kernel.0.bytes) crash_kernel.10.start)
        (<= (+ crash_kernel.10.start crash_kernel.10.bytes) kernel.0.start)))
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
      (and initrd.1.placed purgatory.5.placed)
      (or
        (<= (+ initrd.1.start initrd.1.bytes) purgatory.5.start)
        (<= (+ purgatory.5.start purgatory.5.bytes) initrd.1.start)))
    (=>
      (and initrd.1.placed page_tables.6.placed)
      (or
        (<= (+ initrd.1.start initrd.1.bytes) page_tables.6.start)
        (<= (+ page_tables.6.start page_tables.6.bytes) initrd.1.start)))
    (=>
      (and initrd.1.placed struct_page.7.placed)
      (or
        (<= (+ initrd.1.start initrd.1.bytes) struct_page.7.start)
        (<= (+ struct_page.7.start struct_page.7.bytes) initrd.1.start)))
    (=>
      (and initrd.1.placed per_CPU_areas.8.placed)
      (or
        (<= (+ initrd.1.start initrd.1.bytes) per_CPU_areas.8.start)
        (<= (+ per_CPU_areas.8.start per_CPU_areas.8.bytes) initrd.1.start)))
    (=>
      (and initrd.1.placed swiotlb.9.placed)
      (or
        (<= (+ initrd.1.start initrd.1.bytes) swiotlb.9.start)
        (<= (+ swiotlb.9.start swiotlb.9.bytes) initrd.1.start)))
    (=>
      (and initrd.1.placed crash_kernel.10.placed)
      (or
        (<= (+ initrd.1.start initrd.1.bytes) crash_kernel.10.start)
        (<= (+ crash_kernel.10.start crash_kernel.10.bytes) initrd.1.start)))
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
      (and unpacked_initrd.2.placed purgatory.5.placed)
      (or
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) purgatory.5.start)
        (<= (+ purgatory.5.start purgatory.5.bytes) unpacked_initrd.2.start)))
    (=>
      (and unpacked_initrd.2.placed page_tables.6.placed)
      (or
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) page_tables.6.start)
        (<= (+ page_tables.6.start page_tables.6.bytes) unpacked_initrd.2.start)))
    (=>
      (and unpacked_initrd.2.placed struct_page.7.placed)
      (or
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) struct_page.7.start)
        (<= (+ struct_page.7.start struct_page.7.bytes) unpacked_initrd.2.start)))
    (=>
      (and unpacked_initrd.2.placed per_CPU_areas.8.placed)
      (or
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) per_CPU_areas.8.start)
        (<= (+ per_CPU_areas.8.start per_CPU_areas.8.bytes) unpacked_initrd.2.start)))
    (=>
      (and unpacked_initrd.2.placed swiotlb.9.placed)
      (or
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) swiotlb.9.start)
        (<= (+ swiotlb.9.start swiotlb.9.bytes) unpacked_initrd.2.start)))
    (=>
      (and unpacked_initrd.2.placed crash_kernel.10.placed)
      (or
        (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) crash_kernel.10.start)
        (<= (+ crash_kernel.10.start crash_kernel.10.bytes) unpacked_initrd.2.start)))
    (=>
      (and boot_parameters.3.placed trampoline.4.placed)
      (or
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) trampoline.4.start)
        (<= (+ trampoline.4.start trampoline.4.bytes) boot_parameters.3.start)))
    (=>
      (and boot_parameters.3.placed purgatory.5.placed)
      (or
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) purgatory.5.start)
        (<= (+ purgatory.5.start purgatory.5.bytes) boot_parameters.3.start)))
    (=>
      (and boot_parameters.3.placed page_tables.6.placed)
      (or
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) page_tables.6.start)
        (<= (+ page_tables.6.start page_tables.6.bytes) boot_parameters.3.start)))
    (=>
      (and boot_parameters.3.placed struct_page.7.placed)
      (or
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) struct_page.7.start)
        (<= (+ struct_page.7.start struct_page.7.bytes) boot_parameters.3.start)))
    (=>
      (and boot_parameters.3.placed per_CPU_areas.8.placed)
      (or
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) per_CPU_areas.8.start)
        (<= (+ per_CPU_areas.8.start per_CPU_areas.8.bytes) boot_parameters.3.start)))
    (=>
      (and boot_parameters.3.placed swiotlb.9.placed)
      (or
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) swiotlb.9.start)
        (<= (+ swiotlb.9.start swiotlb.9.bytes) boot_parameters.3.start)))
    (=>
      (and boot_parameters.3.placed crash_kernel.10.placed)
      (or
        (<= (+ boot_parameters.3.start boot_parameters.3.bytes) crash_kernel.10.start)
        (<= (+ crash_kernel.10.start crash_kernel.10.bytes) boot_parameters.3.start)))
    (=>
      (and trampoline.4.placed purgatory.5.placed)
      (or
        (<= (+ trampoline.4.start trampoline.4.bytes) purgatory.5.start)
        (<= (+ purgatory.5.start purgatory.5.bytes) trampoline.4.start)))
    (=>
      (and trampoline.4.placed page_tables.6.placed)
      (or
        (<= (+ trampoline.4.start trampoline.4.bytes) page_tables.6.start)
        (<= (+ page_tables.6.start page_tables.6.bytes) trampoline.4.start)))
    (=>
      (and trampoline.4.placed struct_page.7.placed)
      (or
        (<= (+ trampoline.4.start trampoline.4.bytes) struct_page.7.start)
        (<= (+ struct_page.7.start struct_page.7.bytes) trampoline.4.start)))
    (=>
      (and trampoline.4.placed per_CPU_areas.8.placed)
      (or
        (<= (+ trampoline.4.start trampoline.4.bytes) per_CPU_areas.8.start)
        (<= (+ per_CPU_areas.8.start per_CPU_areas.8.bytes) trampoline.4.start)))
    (=>
      (and trampoline.4.placed swiotlb.9.placed)
      (or
        (<= (+ trampoline.4.start trampoline.4.bytes) swiotlb.9.start)
        (<= (+ swiotlb.9.start swiotlb.9.bytes) trampoline.4.start)))
    (=>
      (and trampoline.4.placed crash_kernel.10.placed)
      (or
        (<= (+ trampoline.4.start trampoline.4.bytes) crash_kernel.10.start)
        (<= (+ crash_kernel.10.start crash_kernel.10.bytes) trampoline.4.start)))
    (=>
      (and purgatory.5.placed page_tables.6.placed)
      (or
        (<= (+ purgatory.5.start purgatory.5.bytes) page_tables.6.start)
        (<= (+ page_tables.6.start page_tables.6.bytes) purgatory.5.start)))
    (=>
      (and purgatory.5.placed struct_page.7.placed)
      (or
        (<= (+ purgatory.5.start purgatory.5.bytes) struct_page.7.start)
        (<= (+ struct_page.7.start struct_page.7.bytes) purgatory.5.start)))
    (=>
      (and purgatory.5.placed per_CPU_areas.8.placed)
      (or
        (<= (+ purgatory.5.start purgatory.5.bytes) per_CPU_areas.8.start)
        (<= (+ per_CPU_areas.8.start per_CPU_areas.8.bytes) purgatory.5.start)))
    (=>
      (and purgatory.5.placed swiotlb.9.placed)
      (or
        (<= (+ purgatory.5.start purgatory.5.bytes) swiotlb.9.start)
        (<= (+ swiotlb.9.start swiotlb.9.bytes) purgatory.5.start)))
    (=>
      (and purgatory.5.placed crash_kernel.10.placed)
      (or
        (<= (+ purgatory.5.start purgatory.5.bytes) crash_kernel.10.start)
        (<= (+ crash_kernel.10.start crash_kernel.10.bytes) purgatory.5.start)))
    (=>
      (and page_tables.6.placed struct_page.7.placed)
      (or
        (<= (+ page_tables.6.start page_tables.6.bytes) struct_page.7.start)
        (<= (+ struct_page.7.start struct_page.7.bytes) page_tables.6.start)))
    (=>
      (and page_tables.6.placed per_CPU_areas.8.placed)
      (or
        (<= (+ page_tables.6.start page_tables.6.bytes) per_CPU_areas.8.start)
        (<= (+ per_CPU_areas.8.start per_CPU_areas.8.bytes) page_tables.6.start)))
    (=>
      (and page_tables.6.placed swiotlb.9.placed)
      (or
        (<= (+ page_tables.6.start page_tables.6.bytes) swiotlb.9.start)
        (<= (+ swiotlb.9.start swiotlb.9.bytes) page_tables.6.start)))
    (=>
      (and page_tables.6.placed crash_kernel.10.placed)
      (or
        (<= (+ page_tables.6.start page_tables.6.bytes) crash_kernel.10.start)
        (<= (+ crash_kernel.10.start crash_kernel.10.bytes) page_tables.6.start)))
    (=>
      (and struct_page.7.placed per_CPU_areas.8.placed)
      (or
        (<= (+ struct_page.7.start struct_page.7.bytes) per_CPU_areas.8.start)
        (<= (+ per_CPU_areas.8.start per_CPU_areas.8.bytes) struct_page.7.start)))
    (=>
      (and struct_page.7.placed swiotlb.9.placed)
      (or
        (<= (+ struct_page.7.start struct_page.7.bytes) swiotlb.9.start)
        (<= (+ swiotlb.9.start swiotlb.9.bytes) struct_page.7.start)))
    (=>
      (and struct_page.7.placed crash_kernel.10.placed)
      (or
        (<= (+ struct_page.7.start struct_page.7.bytes) crash_kernel.10.start)
        (<= (+ crash_kernel.10.start crash_kernel.10.bytes) struct_page.7.start)))
    (=>
      (and per_CPU_areas.8.placed swiotlb.9.placed)
      (or
        (<= (+ per_CPU_areas.8.start per_CPU_areas.8.bytes) swiotlb.9.start)
        (<= (+ swiotlb.9.start swiotlb.9.bytes) per_CPU_areas.8.start)))
    (=>
      (and per_CPU_areas.8.placed crash_kernel.10.placed)
      (or
        (<= (+ per_CPU_areas.8.start per_CPU_areas.8.bytes) crash_kernel.10.start)
        (<= (+ crash_kernel.10.start crash_kernel.10.bytes) per_CPU_areas.8.start)))
    (=>
      (and swiotlb.9.placed crash_kernel.10.placed)
      (or
        (<= (+ swiotlb.9.start swiotlb.9.bytes) crash_kernel.10.start)
        (<= (+ crash_kernel.10.start crash_kernel.10.bytes) swiotlb.9.start))))
  :named rule_36))

; there is a struct page for each frame: 64 bytes for each of 262144 frames are 16777216
(assert (! (=> struct_page.7.placed (<= 16777216 struct_page.7.bytes))
  :named rule_37))

; each processor has its per-CPU unit: 2 processors of 1048576 bytes
(assert (! (=> per_CPU_areas.8.placed (<= 2097152 per_CPU_areas.8.bytes))
  :named rule_38))

; the image has the memory that its header asks for: 67108864 bytes by the kernel of Models/layouts/small-vm.yml; it may need more before it can read its memory map
(assert (! (=> kernel.0.placed (<= 67108864 kernel.0.bytes))
  :named rule_39))

; the image is aligned: a multiple of 2097152 by the kernel of Models/layouts/small-vm.yml, and 0 bytes more
(assert (! (=>
    kernel.0.placed
    (and (<= 0 kernel.0.start) (= (mod (+ kernel.0.start (- 0)) 2097152) 0)))
  :named rule_40))

; the image lies where it can be entered: below 0x400000000000: the kernel of Models/layouts/small-vm.yml
(assert (! (=>
    kernel.0.placed
    (and (<= 0 kernel.0.start) (<= (+ kernel.0.start kernel.0.bytes) 70368744177664)))
  :named rule_41))

; kexec's segments are whole pages: start and end of a segment are multiples of 4096
(assert (! (=>
    kernel.0.placed
    (and (<= 0 kernel.0.start) (= (mod (+ kernel.0.start (- 0)) 4096) 0)))
  :named rule_42))

; kexec's segments are whole pages: start and end of a segment are multiples of 4096
(assert (! (=> kernel.0.placed (= (mod (+ kernel.0.start kernel.0.bytes) 4096) 0))
  :named rule_43))

; kexec's segments take at most half of RAM, each and together: half of the usable RAM is 520877568 bytes; the kernel counts less
(assert (! (=> kernel.0.placed (<= kernel.0.bytes 520877568))
  :named rule_44))

; kexec's segments are whole pages: start and end of a segment are multiples of 4096
(assert (! (=>
    initrd.1.placed
    (and (<= 0 initrd.1.start) (= (mod (+ initrd.1.start (- 0)) 4096) 0)))
  :named rule_45))

; kexec's segments are whole pages: start and end of a segment are multiples of 4096
(assert (! (=> initrd.1.placed (= (mod (+ initrd.1.start initrd.1.bytes) 4096) 0))
  :named rule_46))

; kexec's segments take at most half of RAM, each and together: half of the usable RAM is 520877568 bytes; the kernel counts less
(assert (! (=> initrd.1.placed (<= initrd.1.bytes 520877568))
  :named rule_47))

; kexec's segments are whole pages: start and end of a segment are multiples of 4096
(assert (! (=>
    boot_parameters.3.placed
    (and
      (<= 0 boot_parameters.3.start)
      (= (mod (+ boot_parameters.3.start (- 0)) 4096) 0)))
  :named rule_48))

; kexec's segments are whole pages: start and end of a segment are multiples of 4096
(assert (! (=>
    boot_parameters.3.placed
    (= (mod (+ boot_parameters.3.start boot_parameters.3.bytes) 4096) 0))
  :named rule_49))

; kexec's segments take at most half of RAM, each and together: half of the usable RAM is 520877568 bytes; the kernel counts less
(assert (! (=> boot_parameters.3.placed (<= boot_parameters.3.bytes 520877568))
  :named rule_50))

; kexec's segments are whole pages: start and end of a segment are multiples of 4096
(assert (! (=>
    purgatory.5.placed
    (and (<= 0 purgatory.5.start) (= (mod (+ purgatory.5.start (- 0)) 4096) 0)))
  :named rule_51))

; kexec's segments are whole pages: start and end of a segment are multiples of 4096
(assert (! (=> purgatory.5.placed (= (mod (+ purgatory.5.start purgatory.5.bytes) 4096) 0))
  :named rule_52))

; kexec's segments take at most half of RAM, each and together: half of the usable RAM is 520877568 bytes; the kernel counts less
(assert (! (=> purgatory.5.placed (<= purgatory.5.bytes 520877568))
  :named rule_53))

; kexec's segments take at most half of RAM, each and together: together at most half of the usable RAM, 520877568 bytes
(assert (! (<=
    (+
      (ite kernel.0.placed kernel.0.bytes 0)
      (ite initrd.1.placed initrd.1.bytes 0)
      (ite boot_parameters.3.placed boot_parameters.3.bytes 0)
      (ite purgatory.5.placed purgatory.5.bytes 0))
    520877568)
  :named rule_54))

; kexec takes 16 segments: at most 16 segments
(assert (! (<=
    (+
      (ite kernel.0.placed 1 0)
      (ite initrd.1.placed 1 0)
      (ite boot_parameters.3.placed 1 0)
      (ite purgatory.5.placed 1 0))
    16)
  :named rule_55))

; kexec's identity map of x86-64 has its page tables: 6 pages for RAM up to 1073610752
(assert (! (=> page_tables.6.placed (<= 24576 page_tables.6.bytes))
  :named rule_56))

; kexec_file_load puts an x86-64 kernel at its pref_address or above: from 0x01000000 on: the kernel of Models/layouts/small-vm.yml
(assert (! (=>
    kernel.0.placed
    (and
      (<= 16777216 kernel.0.start)
      (<= (+ kernel.0.start kernel.0.bytes) 18446744073709551616)))
  :named rule_57))

; kexec_file_load puts an x86-64 initrd at 16 MiB or above: from 0x01000000 on
(assert (! (=>
    initrd.1.placed
    (and
      (<= 16777216 initrd.1.start)
      (<= (+ initrd.1.start initrd.1.bytes) 18446744073709551616)))
  :named rule_58))

; kexec_file_load leaves the first 12 KiB: from 0x00003000 on
(assert (! (=>
    boot_parameters.3.placed
    (and
      (<= 12288 boot_parameters.3.start)
      (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 18446744073709551616)))
  :named rule_59))

; kexec_file_load leaves the first 12 KiB: from 0x00003000 on
(assert (! (=>
    purgatory.5.placed
    (and
      (<= 12288 purgatory.5.start)
      (<= (+ purgatory.5.start purgatory.5.bytes) 18446744073709551616)))
  :named rule_60))

; processors are started from a page below 1 MiB: the vector of a STARTUP IPI is the number of a page
(assert (! (=>
    trampoline.4.placed
    (and (<= 0 trampoline.4.start) (= (mod (+ trampoline.4.start (- 0)) 4096) 0)))
  :named rule_61))

; processors are started from a page below 1 MiB: at least one page
(assert (! (=> trampoline.4.placed (<= 4096 trampoline.4.bytes))
  :named rule_62))

; processors are started from a page below 1 MiB: below 1 MiB: the number of a page has 8 bits
(assert (! (=>
    trampoline.4.placed
    (and (<= 0 trampoline.4.start) (<= (+ trampoline.4.start trampoline.4.bytes) 1048576)))
  :named rule_63))

; swiotlb lies below 4 GiB: below 4 GiB, where devices of 32 bits reach
(assert (! (=>
    swiotlb.9.placed
    (and (<= 0 swiotlb.9.start) (<= (+ swiotlb.9.start swiotlb.9.bytes) 4294967296)))
  :named rule_64))

; swiotlb has its size: 67108864 bytes in one piece
(assert (! (=> swiotlb.9.placed (<= 67108864 swiotlb.9.bytes))
  :named rule_65))

; the zero page and the command line have room: 4096 bytes of zero page and 2047 characters of command line with a zero
(assert (! (=> boot_parameters.3.placed (<= 6144 boot_parameters.3.bytes))
  :named rule_66))

; a crash kernel is aligned: a multiple of 16777216
(assert (! (=>
    crash_kernel.10.placed
    (and
      (<= 0 crash_kernel.10.start)
      (= (mod (+ crash_kernel.10.start (- 0)) 16777216) 0)))
  :named rule_67))

; a crash kernel lies below the architecture's limit: below 0x400000000000
(assert (! (=>
    crash_kernel.10.placed
    (and
      (<= 0 crash_kernel.10.start)
      (<= (+ crash_kernel.10.start crash_kernel.10.bytes) 70368744177664)))
  :named rule_68))

; a crash kernel lies below the architecture's limit: below 4 GiB, because no item for a low crash kernel is in the question
(assert (! (=>
    crash_kernel.10.placed
    (and
      (<= 0 crash_kernel.10.start)
      (<= (+ crash_kernel.10.start crash_kernel.10.bytes) 4294967296)))
  :named rule_69))

; everything has the size that was asked for: `initrd` takes 453693440 of 8388608 to 1073741824 bytes
(assert (! (=> initrd.1.placed (<= 453693440 initrd.1.bytes))
  :named rule_70))

(assert (and kernel.0.placed (= kernel.0.start 50331648) (= kernel.0.bytes 67108864)))

(assert (and initrd.1.placed (= initrd.1.start 117465088) (= initrd.1.bytes 453693440)))

(assert (and
    unpacked_initrd.2.placed
    (= unpacked_initrd.2.start 585015296)
    (= unpacked_initrd.2.bytes 67108864)))

(assert (and
    boot_parameters.3.placed
    (= boot_parameters.3.start 12288)
    (= boot_parameters.3.bytes 8192)))

(assert (and trampoline.4.placed (= trampoline.4.start 20480) (= trampoline.4.bytes 4096)))

(assert (and purgatory.5.placed (= purgatory.5.start 652124160) (= purgatory.5.bytes 65536)))

(assert (and
    page_tables.6.placed
    (= page_tables.6.start 652189696)
    (= page_tables.6.bytes 24576)))

(assert (and
    struct_page.7.placed
    (= struct_page.7.start 652214272)
    (= struct_page.7.bytes 16777216)))

(assert (and
    per_CPU_areas.8.placed
    (= per_CPU_areas.8.start 668991488)
    (= per_CPU_areas.8.bytes 2097152)))

(assert (and swiotlb.9.placed (= swiotlb.9.start 671088640) (= swiotlb.9.bytes 67108864)))

(assert (and
    crash_kernel.10.placed
    (= crash_kernel.10.start 738197504)
    (= crash_kernel.10.bytes 268435456)))

(check-sat)
