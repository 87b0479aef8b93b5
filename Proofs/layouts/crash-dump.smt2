; Models/layouts/crash-dump.yml: this placement keeps all rules for each value of the ranges. Numbers are bytes.
(set-info :smt-lib-version 2.6)
(set-info :status unsat)
(set-logic QF_LIA)

(declare-const kernel.0.placed Bool)
(declare-const kernel.0.start Int)
(declare-const kernel.0.bytes Int)
(declare-const initrd.1.placed Bool)
(declare-const initrd.1.start Int)
(declare-const initrd.1.bytes Int)
(declare-const unpacked_initrd.2.placed Bool)
(declare-const unpacked_initrd.2.start Int)
(declare-const unpacked_initrd.2.bytes Int)
(declare-const boot_parameters.3.placed Bool)
(declare-const boot_parameters.3.start Int)
(declare-const boot_parameters.3.bytes Int)
(declare-const trampoline.4.placed Bool)
(declare-const trampoline.4.start Int)
(declare-const trampoline.4.bytes Int)
(declare-const purgatory.5.placed Bool)
(declare-const purgatory.5.start Int)
(declare-const purgatory.5.bytes Int)
(declare-const control_pages.6.placed Bool)
(declare-const control_pages.6.start Int)
(declare-const control_pages.6.bytes Int)
(declare-const page_tables.7.placed Bool)
(declare-const page_tables.7.start Int)
(declare-const page_tables.7.bytes Int)
(declare-const ELF_headers.8.placed Bool)
(declare-const ELF_headers.8.start Int)
(declare-const ELF_headers.8.bytes Int)
(declare-const struct_page.9.placed Bool)
(declare-const struct_page.9.start Int)
(declare-const struct_page.9.bytes Int)
(declare-const direct_map.10.placed Bool)
(declare-const direct_map.10.start Int)
(declare-const direct_map.10.bytes Int)
(declare-const per_CPU_areas.11.placed Bool)
(declare-const per_CPU_areas.11.start Int)
(declare-const per_CPU_areas.11.bytes Int)
(declare-const working_memory.12.placed Bool)
(declare-const working_memory.12.start Int)
(declare-const working_memory.12.bytes Int)
(declare-const swiotlb.13.placed Bool)
(declare-const swiotlb.13.start Int)
(declare-const swiotlb.13.bytes Int)
(declare-const size.0 Int)
(declare-const size.1 Int)

(assert (and kernel.0.placed (= kernel.0.start 34827403264) (= kernel.0.bytes 67108864)))

(assert (and initrd.1.placed (= initrd.1.start 34424750080) (= initrd.1.bytes 402653184)))

(assert (and
    unpacked_initrd.2.placed
    (= unpacked_initrd.2.start 805306368)
    (= unpacked_initrd.2.bytes 134217728)))

(assert (and
    boot_parameters.3.placed
    (= boot_parameters.3.start 34896560128)
    (= boot_parameters.3.bytes 12288)))

(assert (and trampoline.4.placed (= trampoline.4.start 4096) (= trampoline.4.bytes 4096)))

(assert (and purgatory.5.placed (= purgatory.5.start 34896572416) (= purgatory.5.bytes 36864)))

(assert (and
    control_pages.6.placed
    (= control_pages.6.start 34360811520)
    (= control_pages.6.bytes 4096)))

(assert (and
    page_tables.7.placed
    (= page_tables.7.start 34360659968)
    (= page_tables.7.bytes 151552)))

(assert (and
    ELF_headers.8.placed
    (= ELF_headers.8.start 34359738368)
    (= ELF_headers.8.bytes 921600)))

(assert (and
    struct_page.9.placed
    (= struct_page.9.start 939524096)
    (= struct_page.9.bytes 16777216)))

(assert (and
    direct_map.10.placed
    (= direct_map.10.start 967057408)
    (= direct_map.10.bytes 16384)))

(assert (and
    per_CPU_areas.11.placed
    (= per_CPU_areas.11.start 966787072)
    (= per_CPU_areas.11.bytes 270336)))

(assert (and
    working_memory.12.placed
    (= working_memory.12.start 956301312)
    (= working_memory.12.bytes 10485760)))

(assert (and swiotlb.13.placed (= swiotlb.13.start 738197504) (= swiotlb.13.bytes 67108864)))

; A value of `unpacked-initrd`.
(assert (and (<= 67108864 size.0) (<= size.0 134217728)))

; A value of `initrd`.
(assert (and (<= 1 size.1) (<= size.1 402653184)))

; A rule is broken.
(assert (let ((part1 (+ (* 1 size.0) 0)))
  (let ((part2 (+ (* 1 size.1) 0)))
  (not
    (and
      kernel.0.placed
      (=>
        kernel.0.placed
        (and
          (<= 34359738368 kernel.0.start)
          (<= (+ kernel.0.start kernel.0.bytes) 34896609280)))
      (=>
        kernel.0.placed
        (and
          (or (<= (+ kernel.0.start kernel.0.bytes) 0) (<= 4096 kernel.0.start))
          (or (<= (+ kernel.0.start kernel.0.bytes) 655360) (<= 1048576 kernel.0.start))))
      (=>
        kernel.0.placed
        (or
          (<= (+ kernel.0.start kernel.0.bytes) 1073741824)
          (<= 1113587712 kernel.0.start)))
      initrd.1.placed
      (=>
        initrd.1.placed
        (and
          (<= 34359738368 initrd.1.start)
          (<= (+ initrd.1.start initrd.1.bytes) 34896609280)))
      (=>
        initrd.1.placed
        (and
          (or (<= (+ initrd.1.start initrd.1.bytes) 0) (<= 4096 initrd.1.start))
          (or (<= (+ initrd.1.start initrd.1.bytes) 655360) (<= 1048576 initrd.1.start))))
      (=>
        initrd.1.placed
        (or
          (<= (+ initrd.1.start initrd.1.bytes) 1073741824)
          (<= 1113587712 initrd.1.start)))
      unpacked_initrd.2.placed
      (=>
        unpacked_initrd.2.placed
        (or
          (and
            (<= 738197504 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 1006632960))
          (and
            (<= 34359738368 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 34896609280))))
      (=>
        unpacked_initrd.2.placed
        (and
          (or
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 0)
            (<= 4096 unpacked_initrd.2.start))
          (or
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 655360)
            (<= 1048576 unpacked_initrd.2.start))))
      (=> unpacked_initrd.2.placed (<= 67108864 unpacked_initrd.2.bytes))
      (=>
        unpacked_initrd.2.placed
        (or
          (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 1073741824)
          (<= 1113587712 unpacked_initrd.2.start)))
      boot_parameters.3.placed
      (=>
        boot_parameters.3.placed
        (and
          (<= 34359738368 boot_parameters.3.start)
          (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 34896609280)))
      (=>
        boot_parameters.3.placed
        (and
          (or
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 0)
            (<= 4096 boot_parameters.3.start))
          (or
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 655360)
            (<= 1048576 boot_parameters.3.start))))
      (=>
        boot_parameters.3.placed
        (or
          (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 1073741824)
          (<= 1113587712 boot_parameters.3.start)))
      trampoline.4.placed
      (=>
        trampoline.4.placed
        (or
          (and
            (<= 4096 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 654336))
          (and
            (<= 1048576 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 738197504))
          (and
            (<= 1006632960 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 1073741824))
          (and
            (<= 1113587712 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 3221094400))
          (and
            (<= 4294967296 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 34359738368))
          (and
            (<= 34896609280 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 35433480192))))
      (=>
        trampoline.4.placed
        (and
          (or
            (<= (+ trampoline.4.start trampoline.4.bytes) 0)
            (<= 4096 trampoline.4.start))
          (or
            (<= (+ trampoline.4.start trampoline.4.bytes) 655360)
            (<= 1048576 trampoline.4.start))))
      (=>
        trampoline.4.placed
        (or
          (<= (+ trampoline.4.start trampoline.4.bytes) 1073741824)
          (<= 1113587712 trampoline.4.start)))
      purgatory.5.placed
      (=>
        purgatory.5.placed
        (and
          (<= 34359738368 purgatory.5.start)
          (<= (+ purgatory.5.start purgatory.5.bytes) 34896609280)))
      (=>
        purgatory.5.placed
        (and
          (or (<= (+ purgatory.5.start purgatory.5.bytes) 0) (<= 4096 purgatory.5.start))
          (or
            (<= (+ purgatory.5.start purgatory.5.bytes) 655360)
            (<= 1048576 purgatory.5.start))))
      (=> purgatory.5.placed (<= 36864 purgatory.5.bytes))
      (=>
        purgatory.5.placed
        (or
          (<= (+ purgatory.5.start purgatory.5.bytes) 1073741824)
          (<= 1113587712 purgatory.5.start)))
      control_pages.6.placed
      (=>
        control_pages.6.placed
        (and
          (<= 34359738368 control_pages.6.start)
          (<= (+ control_pages.6.start control_pages.6.bytes) 34896609280)))
      (=>
        control_pages.6.placed
        (and
          (or
            (<= (+ control_pages.6.start control_pages.6.bytes) 0)
            (<= 4096 control_pages.6.start))
          (or
            (<= (+ control_pages.6.start control_pages.6.bytes) 655360)
            (<= 1048576 control_pages.6.start))))
      (=>
        control_pages.6.placed
        (or
          (<= (+ control_pages.6.start control_pages.6.bytes) 1073741824)
          (<= 1113587712 control_pages.6.start)))
      page_tables.7.placed
      (=>
        page_tables.7.placed
        (and
          (<= 34359738368 page_tables.7.start)
          (<= (+ page_tables.7.start page_tables.7.bytes) 34896609280)))
      (=>
        page_tables.7.placed
        (and
          (or
            (<= (+ page_tables.7.start page_tables.7.bytes) 0)
            (<= 4096 page_tables.7.start))
          (or
            (<= (+ page_tables.7.start page_tables.7.bytes) 655360)
            (<= 1048576 page_tables.7.start))))
      (=>
        page_tables.7.placed
        (or
          (<= (+ page_tables.7.start page_tables.7.bytes) 1073741824)
          (<= 1113587712 page_tables.7.start)))
      ELF_headers.8.placed
      (=>
        ELF_headers.8.placed
        (and
          (<= 34359738368 ELF_headers.8.start)
          (<= (+ ELF_headers.8.start ELF_headers.8.bytes) 34896609280)))
      (=>
        ELF_headers.8.placed
        (and
          (or
            (<= (+ ELF_headers.8.start ELF_headers.8.bytes) 0)
            (<= 4096 ELF_headers.8.start))
          (or
            (<= (+ ELF_headers.8.start ELF_headers.8.bytes) 655360)
            (<= 1048576 ELF_headers.8.start))))
      (=>
        ELF_headers.8.placed
        (or
          (<= (+ ELF_headers.8.start ELF_headers.8.bytes) 1073741824)
          (<= 1113587712 ELF_headers.8.start)))
      struct_page.9.placed
      (=>
        struct_page.9.placed
        (or
          (and
            (<= 738197504 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 1006632960))
          (and
            (<= 34359738368 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 34896609280))))
      (=>
        struct_page.9.placed
        (and
          (or
            (<= (+ struct_page.9.start struct_page.9.bytes) 0)
            (<= 4096 struct_page.9.start))
          (or
            (<= (+ struct_page.9.start struct_page.9.bytes) 655360)
            (<= 1048576 struct_page.9.start))))
      (=>
        struct_page.9.placed
        (or
          (<= (+ struct_page.9.start struct_page.9.bytes) 1073741824)
          (<= 1113587712 struct_page.9.start)))
      direct_map.10.placed
      (=>
        direct_map.10.placed
        (or
          (and
            (<= 738197504 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 1006632960))
          (and
            (<= 34359738368 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 34896609280))))
      (=>
        direct_map.10.placed
        (and
          (or
            (<= (+ direct_map.10.start direct_map.10.bytes) 0)
            (<= 4096 direct_map.10.start))
          (or
            (<= (+ direct_map.10.start direct_map.10.bytes) 655360)
            (<= 1048576 direct_map.10.start))))
      (=>
        direct_map.10.placed
        (or
          (<= (+ direct_map.10.start direct_map.10.bytes) 1073741824)
          (<= 1113587712 direct_map.10.start)))
      per_CPU_areas.11.placed
      (=>
        per_CPU_areas.11.placed
        (or
          (and
            (<= 738197504 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 1006632960))
          (and
            (<= 34359738368 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 34896609280))))
      (=>
        per_CPU_areas.11.placed
        (and
          (or
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 0)
            (<= 4096 per_CPU_areas.11.start))
          (or
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 655360)
            (<= 1048576 per_CPU_areas.11.start))))
      (=>
        per_CPU_areas.11.placed
        (or
          (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 1073741824)
          (<= 1113587712 per_CPU_areas.11.start)))
      working_memory.12.placed
      (=>
        working_memory.12.placed
        (or
          (and
            (<= 738197504 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 1006632960))
          (and
            (<= 34359738368 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 34896609280))))
      (=>
        working_memory.12.placed
        (and
          (or
            (<= (+ working_memory.12.start working_memory.12.bytes) 0)
            (<= 4096 working_memory.12.start))
          (or
            (<= (+ working_memory.12.start working_memory.12.bytes) 655360)
            (<= 1048576 working_memory.12.start))))
      (=>
        working_memory.12.placed
        (or
          (<= (+ working_memory.12.start working_memory.12.bytes) 1073741824)
          (<= 1113587712 working_memory.12.start)))
      swiotlb.13.placed
      (=>
        swiotlb.13.placed
        (or
          (and
            (<= 738197504 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 1006632960))
          (and
            (<= 34359738368 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 34896609280))))
      (=>
        swiotlb.13.placed
        (and
          (or (<= (+ swiotlb.13.start swiotlb.13.bytes) 0) (<= 4096 swiotlb.13.start))
          (or
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 655360)
            (<= 1048576 swiotlb.13.start))))
      (=>
        swiotlb.13.placed
        (or
          (<= (+ swiotlb.13.start swiotlb.13.bytes) 1073741824)
          (<= 1113587712 swiotlb.13.start)))
      (and
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
          (and kernel.0.placed control_pages.6.placed)
          (or
            (<= (+ kernel.0.start kernel.0.bytes) control_pages.6.start)
            (<= (+ control_pages.6.start control_pages.6.bytes) kernel.0.start)))
        (=>
          (and kernel.0.placed page_tables.7.placed)
          (or
            (<= (+ kernel.0.start kernel.0.bytes) page_tables.7.start)
            (<= (+ page_tables.7.start page_tables.7.bytes) kernel.0.start)))
        (=>
          (and kernel.0.placed ELF_headers.8.placed)
          (or
            (<= (+ kernel.0.start kernel.0.bytes) ELF_headers.8.start)
            (<= (+ ELF_headers.8.start ELF_headers.8.bytes) kernel.0.start)))
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
          (and kernel.0.placed swiotlb.13.placed)
          (or
            (<= (+ kernel.0.start kernel.0.bytes) swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) kernel.0.start)))
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
          (and initrd.1.placed control_pages.6.placed)
          (or
            (<= (+ initrd.1.start initrd.1.bytes) control_pages.6.start)
            (<= (+ control_pages.6.start control_pages.6.bytes) initrd.1.start)))
        (=>
          (and initrd.1.placed page_tables.7.placed)
          (or
            (<= (+ initrd.1.start initrd.1.bytes) page_tables.7.start)
            (<= (+ page_tables.7.start page_tables.7.bytes) initrd.1.start)))
        (=>
          (and initrd.1.placed ELF_headers.8.placed)
          (or
            (<= (+ initrd.1.start initrd.1.bytes) ELF_headers.8.start)
            (<= (+ ELF_headers.8.start ELF_headers.8.bytes) initrd.1.start)))
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
          (and initrd.1.placed swiotlb.13.placed)
          (or
            (<= (+ initrd.1.start initrd.1.bytes) swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) initrd.1.start)))
        (=>
          (and unpacked_initrd.2.placed boot_parameters.3.placed)
          (or
            (<=
              (+ unpacked_initrd.2.start unpacked_initrd.2.bytes)
              boot_parameters.3.start)
            (<=
              (+ boot_parameters.3.start boot_parameters.3.bytes)
              unpacked_initrd.2.start)))
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
          (and unpacked_initrd.2.placed control_pages.6.placed)
          (or
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) control_pages.6.start)
            (<= (+ control_pages.6.start control_pages.6.bytes) unpacked_initrd.2.start)))
        (=>
          (and unpacked_initrd.2.placed page_tables.7.placed)
          (or
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) page_tables.7.start)
            (<= (+ page_tables.7.start page_tables.7.bytes) unpacked_initrd.2.start)))
        (=>
          (and unpacked_initrd.2.placed ELF_headers.8.placed)
          (or
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) ELF_headers.8.start)
            (<= (+ ELF_headers.8.start ELF_headers.8.bytes) unpacked_initrd.2.start)))
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
            (<=
              (+ unpacked_initrd.2.start unpacked_initrd.2.bytes)
              per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) unpacked_initrd.2.start)))
        (=>
          (and unpacked_initrd.2.placed working_memory.12.placed)
          (or
            (<=
              (+ unpacked_initrd.2.start unpacked_initrd.2.bytes)
              working_memory.12.start)
            (<=
              (+ working_memory.12.start working_memory.12.bytes)
              unpacked_initrd.2.start)))
        (=>
          (and unpacked_initrd.2.placed swiotlb.13.placed)
          (or
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) unpacked_initrd.2.start)))
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
          (and boot_parameters.3.placed control_pages.6.placed)
          (or
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) control_pages.6.start)
            (<= (+ control_pages.6.start control_pages.6.bytes) boot_parameters.3.start)))
        (=>
          (and boot_parameters.3.placed page_tables.7.placed)
          (or
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) page_tables.7.start)
            (<= (+ page_tables.7.start page_tables.7.bytes) boot_parameters.3.start)))
        (=>
          (and boot_parameters.3.placed ELF_headers.8.placed)
          (or
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) ELF_headers.8.start)
            (<= (+ ELF_headers.8.start ELF_headers.8.bytes) boot_parameters.3.start)))
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
            (<=
              (+ boot_parameters.3.start boot_parameters.3.bytes)
              per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) boot_parameters.3.start)))
        (=>
          (and boot_parameters.3.placed working_memory.12.placed)
          (or
            (<=
              (+ boot_parameters.3.start boot_parameters.3.bytes)
              working_memory.12.start)
            (<=
              (+ working_memory.12.start working_memory.12.bytes)
              boot_parameters.3.start)))
        (=>
          (and boot_parameters.3.placed swiotlb.13.placed)
          (or
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) boot_parameters.3.start)))
        (=>
          (and trampoline.4.placed purgatory.5.placed)
          (or
            (<= (+ trampoline.4.start trampoline.4.bytes) purgatory.5.start)
            (<= (+ purgatory.5.start purgatory.5.bytes) trampoline.4.start)))
        (=>
          (and trampoline.4.placed control_pages.6.placed)
          (or
            (<= (+ trampoline.4.start trampoline.4.bytes) control_pages.6.start)
            (<= (+ control_pages.6.start control_pages.6.bytes) trampoline.4.start)))
        (=>
          (and trampoline.4.placed page_tables.7.placed)
          (or
            (<= (+ trampoline.4.start trampoline.4.bytes) page_tables.7.start)
            (<= (+ page_tables.7.start page_tables.7.bytes) trampoline.4.start)))
        (=>
          (and trampoline.4.placed ELF_headers.8.placed)
          (or
            (<= (+ trampoline.4.start trampoline.4.bytes) ELF_headers.8.start)
            (<= (+ ELF_headers.8.start ELF_headers.8.bytes) trampoline.4.start)))
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
          (and trampoline.4.placed swiotlb.13.placed)
          (or
            (<= (+ trampoline.4.start trampoline.4.bytes) swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) trampoline.4.start)))
        (=>
          (and purgatory.5.placed control_pages.6.placed)
          (or
            (<= (+ purgatory.5.start purgatory.5.bytes) control_pages.6.start)
            (<= (+ control_pages.6.start control_pages.6.bytes) purgatory.5.start)))
        (=>
          (and purgatory.5.placed page_tables.7.placed)
          (or
            (<= (+ purgatory.5.start purgatory.5.bytes) page_tables.7.start)
            (<= (+ page_tables.7.start page_tables.7.bytes) purgatory.5.start)))
        (=>
          (and purgatory.5.placed ELF_headers.8.placed)
          (or
            (<= (+ purgatory.5.start purgatory.5.bytes) ELF_headers.8.start)
            (<= (+ ELF_headers.8.start ELF_headers.8.bytes) purgatory.5.start)))
        (=>
          (and purgatory.5.placed struct_page.9.placed)
          (or
            (<= (+ purgatory.5.start purgatory.5.bytes) struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) purgatory.5.start)))
        (=>
          (and purgatory.5.placed direct_map.10.placed)
          (or
            (<= (+ purgatory.5.start purgatory.5.bytes) direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) purgatory.5.start)))
        (=>
          (and purgatory.5.placed per_CPU_areas.11.placed)
          (or
            (<= (+ purgatory.5.start purgatory.5.bytes) per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) purgatory.5.start)))
        (=>
          (and purgatory.5.placed working_memory.12.placed)
          (or
            (<= (+ purgatory.5.start purgatory.5.bytes) working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) purgatory.5.start)))
        (=>
          (and purgatory.5.placed swiotlb.13.placed)
          (or
            (<= (+ purgatory.5.start purgatory.5.bytes) swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) purgatory.5.start)))
        (=>
          (and control_pages.6.placed page_tables.7.placed)
          (or
            (<= (+ control_pages.6.start control_pages.6.bytes) page_tables.7.start)
            (<= (+ page_tables.7.start page_tables.7.bytes) control_pages.6.start)))
        (=>
          (and control_pages.6.placed ELF_headers.8.placed)
          (or
            (<= (+ control_pages.6.start control_pages.6.bytes) ELF_headers.8.start)
            (<= (+ ELF_headers.8.start ELF_headers.8.bytes) control_pages.6.start)))
        (=>
          (and control_pages.6.placed struct_page.9.placed)
          (or
            (<= (+ control_pages.6.start control_pages.6.bytes) struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) control_pages.6.start)))
        (=>
          (and control_pages.6.placed direct_map.10.placed)
          (or
            (<= (+ control_pages.6.start control_pages.6.bytes) direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) control_pages.6.start)))
        (=>
          (and control_pages.6.placed per_CPU_areas.11.placed)
          (or
            (<= (+ control_pages.6.start control_pages.6.bytes) per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) control_pages.6.start)))
        (=>
          (and control_pages.6.placed working_memory.12.placed)
          (or
            (<= (+ control_pages.6.start control_pages.6.bytes) working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) control_pages.6.start)))
        (=>
          (and control_pages.6.placed swiotlb.13.placed)
          (or
            (<= (+ control_pages.6.start control_pages.6.bytes) swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) control_pages.6.start)))
        (=>
          (and page_tables.7.placed ELF_headers.8.placed)
          (or
            (<= (+ page_tables.7.start page_tables.7.bytes) ELF_headers.8.start)
            (<= (+ ELF_headers.8.start ELF_headers.8.bytes) page_tables.7.start)))
        (=>
          (and page_tables.7.placed struct_page.9.placed)
          (or
            (<= (+ page_tables.7.start page_tables.7.bytes) struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) page_tables.7.start)))
        (=>
          (and page_tables.7.placed direct_map.10.placed)
          (or
            (<= (+ page_tables.7.start page_tables.7.bytes) direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) page_tables.7.start)))
        (=>
          (and page_tables.7.placed per_CPU_areas.11.placed)
          (or
            (<= (+ page_tables.7.start page_tables.7.bytes) per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) page_tables.7.start)))
        (=>
          (and page_tables.7.placed working_memory.12.placed)
          (or
            (<= (+ page_tables.7.start page_tables.7.bytes) working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) page_tables.7.start)))
        (=>
          (and page_tables.7.placed swiotlb.13.placed)
          (or
            (<= (+ page_tables.7.start page_tables.7.bytes) swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) page_tables.7.start)))
        (=>
          (and ELF_headers.8.placed struct_page.9.placed)
          (or
            (<= (+ ELF_headers.8.start ELF_headers.8.bytes) struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) ELF_headers.8.start)))
        (=>
          (and ELF_headers.8.placed direct_map.10.placed)
          (or
            (<= (+ ELF_headers.8.start ELF_headers.8.bytes) direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) ELF_headers.8.start)))
        (=>
          (and ELF_headers.8.placed per_CPU_areas.11.placed)
          (or
            (<= (+ ELF_headers.8.start ELF_headers.8.bytes) per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) ELF_headers.8.start)))
        (=>
          (and ELF_headers.8.placed working_memory.12.placed)
          (or
            (<= (+ ELF_headers.8.start ELF_headers.8.bytes) working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) ELF_headers.8.start)))
        (=>
          (and ELF_headers.8.placed swiotlb.13.placed)
          (or
            (<= (+ ELF_headers.8.start ELF_headers.8.bytes) swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) ELF_headers.8.start)))
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
          (and struct_page.9.placed swiotlb.13.placed)
          (or
            (<= (+ struct_page.9.start struct_page.9.bytes) swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) struct_page.9.start)))
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
          (and direct_map.10.placed swiotlb.13.placed)
          (or
            (<= (+ direct_map.10.start direct_map.10.bytes) swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) direct_map.10.start)))
        (=>
          (and per_CPU_areas.11.placed working_memory.12.placed)
          (or
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) working_memory.12.start)
            (<=
              (+ working_memory.12.start working_memory.12.bytes)
              per_CPU_areas.11.start)))
        (=>
          (and per_CPU_areas.11.placed swiotlb.13.placed)
          (or
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) per_CPU_areas.11.start)))
        (=>
          (and working_memory.12.placed swiotlb.13.placed)
          (or
            (<= (+ working_memory.12.start working_memory.12.bytes) swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) working_memory.12.start))))
      (=>
        unpacked_initrd.2.placed
        (and
          (<= 0 unpacked_initrd.2.start)
          (= (mod (+ unpacked_initrd.2.start (- 0)) 4096) 0)))
      (=>
        unpacked_initrd.2.placed
        (= (mod (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 4096) 0))
      (=>
        struct_page.9.placed
        (and (<= 0 struct_page.9.start) (= (mod (+ struct_page.9.start (- 0)) 4096) 0)))
      (=>
        struct_page.9.placed
        (= (mod (+ struct_page.9.start struct_page.9.bytes) 4096) 0))
      (=>
        direct_map.10.placed
        (and (<= 0 direct_map.10.start) (= (mod (+ direct_map.10.start (- 0)) 4096) 0)))
      (=>
        direct_map.10.placed
        (= (mod (+ direct_map.10.start direct_map.10.bytes) 4096) 0))
      (=>
        per_CPU_areas.11.placed
        (and
          (<= 0 per_CPU_areas.11.start)
          (= (mod (+ per_CPU_areas.11.start (- 0)) 4096) 0)))
      (=>
        per_CPU_areas.11.placed
        (= (mod (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 4096) 0))
      (=>
        working_memory.12.placed
        (and
          (<= 0 working_memory.12.start)
          (= (mod (+ working_memory.12.start (- 0)) 4096) 0)))
      (=>
        working_memory.12.placed
        (= (mod (+ working_memory.12.start working_memory.12.bytes) 4096) 0))
      (=>
        swiotlb.13.placed
        (and (<= 0 swiotlb.13.start) (= (mod (+ swiotlb.13.start (- 0)) 4096) 0)))
      (=> swiotlb.13.placed (= (mod (+ swiotlb.13.start swiotlb.13.bytes) 4096) 0))
      (=>
        control_pages.6.placed
        (and
          (<= 0 control_pages.6.start)
          (= (mod (+ control_pages.6.start (- 0)) 4096) 0)))
      (=>
        control_pages.6.placed
        (= (mod (+ control_pages.6.start control_pages.6.bytes) 4096) 0))
      (=>
        page_tables.7.placed
        (and (<= 0 page_tables.7.start) (= (mod (+ page_tables.7.start (- 0)) 4096) 0)))
      (=>
        page_tables.7.placed
        (= (mod (+ page_tables.7.start page_tables.7.bytes) 4096) 0))
      (=> struct_page.9.placed (<= 16777216 struct_page.9.bytes))
      (=> direct_map.10.placed (<= 16384 direct_map.10.bytes))
      (=> per_CPU_areas.11.placed (<= 270336 per_CPU_areas.11.bytes))
      (=> working_memory.12.placed (<= 10485760 working_memory.12.bytes))
      (=> kernel.0.placed (<= 67108864 kernel.0.bytes))
      (=>
        kernel.0.placed
        (and (<= 0 kernel.0.start) (= (mod (+ kernel.0.start (- 0)) 2097152) 0)))
      (=>
        kernel.0.placed
        (and (<= 0 kernel.0.start) (<= (+ kernel.0.start kernel.0.bytes) 70368744177664)))
      (=> initrd.1.placed (<= 1 initrd.1.bytes))
      (=>
        kernel.0.placed
        (and (<= 0 kernel.0.start) (= (mod (+ kernel.0.start (- 0)) 4096) 0)))
      (=> kernel.0.placed (= (mod (+ kernel.0.start kernel.0.bytes) 4096) 0))
      (=> kernel.0.placed (<= kernel.0.bytes 16757028352))
      (=>
        initrd.1.placed
        (and (<= 0 initrd.1.start) (= (mod (+ initrd.1.start (- 0)) 4096) 0)))
      (=> initrd.1.placed (= (mod (+ initrd.1.start initrd.1.bytes) 4096) 0))
      (=> initrd.1.placed (<= initrd.1.bytes 16757028352))
      (=>
        boot_parameters.3.placed
        (and
          (<= 0 boot_parameters.3.start)
          (= (mod (+ boot_parameters.3.start (- 0)) 4096) 0)))
      (=>
        boot_parameters.3.placed
        (= (mod (+ boot_parameters.3.start boot_parameters.3.bytes) 4096) 0))
      (=> boot_parameters.3.placed (<= boot_parameters.3.bytes 16757028352))
      (=>
        purgatory.5.placed
        (and (<= 0 purgatory.5.start) (= (mod (+ purgatory.5.start (- 0)) 4096) 0)))
      (=> purgatory.5.placed (= (mod (+ purgatory.5.start purgatory.5.bytes) 4096) 0))
      (=> purgatory.5.placed (<= purgatory.5.bytes 16757028352))
      (=>
        ELF_headers.8.placed
        (and (<= 0 ELF_headers.8.start) (= (mod (+ ELF_headers.8.start (- 0)) 4096) 0)))
      (=>
        ELF_headers.8.placed
        (= (mod (+ ELF_headers.8.start ELF_headers.8.bytes) 4096) 0))
      (=> ELF_headers.8.placed (<= ELF_headers.8.bytes 16757028352))
      (<=
        (+
          (ite kernel.0.placed kernel.0.bytes 0)
          (ite initrd.1.placed initrd.1.bytes 0)
          (ite boot_parameters.3.placed boot_parameters.3.bytes 0)
          (ite purgatory.5.placed purgatory.5.bytes 0)
          (ite ELF_headers.8.placed ELF_headers.8.bytes 0))
        16757028352)
      (<=
        (+
          (ite kernel.0.placed 1 0)
          (ite initrd.1.placed 1 0)
          (ite boot_parameters.3.placed 1 0)
          (ite purgatory.5.placed 1 0)
          (ite ELF_headers.8.placed 1 0))
        16)
      (=> ELF_headers.8.placed (<= 917680 ELF_headers.8.bytes))
      (=>
        kernel.0.placed
        (and
          (<= 16777216 kernel.0.start)
          (<= (+ kernel.0.start kernel.0.bytes) 18446744073709551616)))
      (=>
        initrd.1.placed
        (and
          (<= 16777216 initrd.1.start)
          (<= (+ initrd.1.start initrd.1.bytes) 18446744073709551616)))
      (=>
        boot_parameters.3.placed
        (and
          (<= 12288 boot_parameters.3.start)
          (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 18446744073709551616)))
      (=>
        purgatory.5.placed
        (and
          (<= 12288 purgatory.5.start)
          (<= (+ purgatory.5.start purgatory.5.bytes) 18446744073709551616)))
      (=> page_tables.7.placed (<= 151552 page_tables.7.bytes))
      (=> control_pages.6.placed (<= 4096 control_pages.6.bytes))
      (=>
        swiotlb.13.placed
        (and
          (<= 0 swiotlb.13.start)
          (<= (+ swiotlb.13.start swiotlb.13.bytes) 4294967296)))
      (=> swiotlb.13.placed (<= 67108864 swiotlb.13.bytes))
      (=>
        trampoline.4.placed
        (and (<= 0 trampoline.4.start) (= (mod (+ trampoline.4.start (- 0)) 4096) 0)))
      (=> trampoline.4.placed (<= 4096 trampoline.4.bytes))
      (=>
        trampoline.4.placed
        (and
          (<= 0 trampoline.4.start)
          (<= (+ trampoline.4.start trampoline.4.bytes) 1048576)))
      (=>
        unpacked_initrd.2.placed
        (and
          (<= 1048576 unpacked_initrd.2.start)
          (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 18446744073709551616)))
      (=>
        struct_page.9.placed
        (and
          (<= 1048576 struct_page.9.start)
          (<= (+ struct_page.9.start struct_page.9.bytes) 18446744073709551616)))
      (=>
        direct_map.10.placed
        (and
          (<= 1048576 direct_map.10.start)
          (<= (+ direct_map.10.start direct_map.10.bytes) 18446744073709551616)))
      (=>
        per_CPU_areas.11.placed
        (and
          (<= 1048576 per_CPU_areas.11.start)
          (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 18446744073709551616)))
      (=>
        working_memory.12.placed
        (and
          (<= 1048576 working_memory.12.start)
          (<= (+ working_memory.12.start working_memory.12.bytes) 18446744073709551616)))
      (=>
        swiotlb.13.placed
        (and
          (<= 1048576 swiotlb.13.start)
          (<= (+ swiotlb.13.start swiotlb.13.bytes) 18446744073709551616)))
      (=> boot_parameters.3.placed (<= 10540 boot_parameters.3.bytes))
      (<=
        (+
          (ite unpacked_initrd.2.placed unpacked_initrd.2.bytes 0)
          (ite unpacked_initrd.2.placed unpacked_initrd.2.bytes 0)
          (ite kernel.0.placed kernel.0.bytes 0)
          (ite initrd.1.placed initrd.1.bytes 0)
          (ite swiotlb.13.placed swiotlb.13.bytes 0))
        805306368)
      (=>
        unpacked_initrd.2.placed
        (<=
          (ite (<= part1 18446744073709551615) part1 18446744073709551615)
          unpacked_initrd.2.bytes))
      (=>
        initrd.1.placed
        (<=
          (ite (<= part2 18446744073709551615) part2 18446744073709551615)
          initrd.1.bytes)))))))

(check-sat)
