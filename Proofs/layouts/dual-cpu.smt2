; Models/layouts/dual-cpu.yml: this placement keeps all rules for each value of the ranges. Numbers are bytes.
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
(declare-const running_kernel_s_trampoline.5.placed Bool)
(declare-const running_kernel_s_trampoline.5.start Int)
(declare-const running_kernel_s_trampoline.5.bytes Int)
(declare-const purgatory.6.placed Bool)
(declare-const purgatory.6.start Int)
(declare-const purgatory.6.bytes Int)
(declare-const control_pages.7.placed Bool)
(declare-const control_pages.7.start Int)
(declare-const control_pages.7.bytes Int)
(declare-const struct_page.8.placed Bool)
(declare-const struct_page.8.start Int)
(declare-const struct_page.8.bytes Int)
(declare-const direct_map.9.placed Bool)
(declare-const direct_map.9.start Int)
(declare-const direct_map.9.bytes Int)
(declare-const per_CPU_areas.10.placed Bool)
(declare-const per_CPU_areas.10.start Int)
(declare-const per_CPU_areas.10.bytes Int)
(declare-const working_memory.11.placed Bool)
(declare-const working_memory.11.start Int)
(declare-const working_memory.11.bytes Int)
(declare-const processes.12.placed Bool)
(declare-const processes.12.start Int)
(declare-const processes.12.bytes Int)
(declare-const size.0 Int)

(assert (and kernel.0.placed (= kernel.0.start 16777216) (= kernel.0.bytes 6291456)))

(assert (and initrd.1.placed (= initrd.1.start 801009664) (= initrd.1.bytes 4194304)))

(assert (and
    unpacked_initrd.2.placed
    (= unpacked_initrd.2.start 224395264)
    (= unpacked_initrd.2.bytes 12582912)))

(assert (and
    boot_parameters.3.placed
    (= boot_parameters.3.start 12288)
    (= boot_parameters.3.bytes 24576)))

(assert (and trampoline.4.placed (= trampoline.4.start 4096) (= trampoline.4.bytes 4096)))

(assert (and
    running_kernel_s_trampoline.5.placed
    (= running_kernel_s_trampoline.5.start 8192)
    (= running_kernel_s_trampoline.5.bytes 4096)))

(assert (and purgatory.6.placed (= purgatory.6.start 805203968) (= purgatory.6.bytes 36864)))

(assert (and
    control_pages.7.placed
    (= control_pages.7.start 36864)
    (= control_pages.7.bytes 8192)))

(assert (and
    struct_page.8.placed
    (= struct_page.8.start 247463936)
    (= struct_page.8.bytes 2097152)))

(assert (and direct_map.9.placed (= direct_map.9.start 250101760) (= direct_map.9.bytes 532480)))

(assert (and
    per_CPU_areas.10.placed
    (= per_CPU_areas.10.start 249561088)
    (= per_CPU_areas.10.bytes 540672)))

(assert (and
    working_memory.11.placed
    (= working_memory.11.start 236978176)
    (= working_memory.11.bytes 10485760)))

(assert (and
    processes.12.placed
    (= processes.12.start 23068672)
    (= processes.12.bytes 201326592)))

; A value of `processes`.
(assert (and (<= 67108864 size.0) (<= size.0 201326592)))

; A rule is broken.
(assert (let ((part1 (+ (* 1 size.0) 0)))
  (not
    (and
      kernel.0.placed
      (=>
        kernel.0.placed
        (or
          (and (<= 0 kernel.0.start) (<= (+ kernel.0.start kernel.0.bytes) 654336))
          (and
            (<= 1048576 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 805240832))))
      (=>
        kernel.0.placed
        (and
          (or (<= (+ kernel.0.start kernel.0.bytes) 0) (<= 4096 kernel.0.start))
          (or (<= (+ kernel.0.start kernel.0.bytes) 655360) (<= 1048576 kernel.0.start))))
      (=>
        kernel.0.placed
        (or (<= (+ kernel.0.start kernel.0.bytes) 1048576) (<= 16777216 kernel.0.start)))
      initrd.1.placed
      (=>
        initrd.1.placed
        (or
          (and (<= 0 initrd.1.start) (<= (+ initrd.1.start initrd.1.bytes) 654336))
          (and
            (<= 1048576 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 805240832))))
      (=>
        initrd.1.placed
        (and
          (or (<= (+ initrd.1.start initrd.1.bytes) 0) (<= 4096 initrd.1.start))
          (or (<= (+ initrd.1.start initrd.1.bytes) 655360) (<= 1048576 initrd.1.start))))
      (=>
        initrd.1.placed
        (or (<= (+ initrd.1.start initrd.1.bytes) 1048576) (<= 16777216 initrd.1.start)))
      unpacked_initrd.2.placed
      (=>
        unpacked_initrd.2.placed
        (or
          (and
            (<= 0 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 654336))
          (and
            (<= 1048576 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 805240832))))
      (=>
        unpacked_initrd.2.placed
        (and
          (or
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 0)
            (<= 4096 unpacked_initrd.2.start))
          (or
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 655360)
            (<= 1048576 unpacked_initrd.2.start))))
      (=> unpacked_initrd.2.placed (<= 12582912 unpacked_initrd.2.bytes))
      (=>
        unpacked_initrd.2.placed
        (or
          (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 1048576)
          (<= 16777216 unpacked_initrd.2.start)))
      boot_parameters.3.placed
      (=>
        boot_parameters.3.placed
        (or
          (and
            (<= 0 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 654336))
          (and
            (<= 1048576 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 805240832))))
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
          (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 1048576)
          (<= 16777216 boot_parameters.3.start)))
      trampoline.4.placed
      (=>
        trampoline.4.placed
        (or
          (and
            (<= 0 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 654336))
          (and
            (<= 1048576 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 805240832))))
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
          (<= (+ trampoline.4.start trampoline.4.bytes) 1048576)
          (<= 16777216 trampoline.4.start)))
      running_kernel_s_trampoline.5.placed
      (=>
        running_kernel_s_trampoline.5.placed
        (or
          (and
            (<= 0 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              654336))
          (and
            (<= 1048576 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              805240832))))
      (=>
        running_kernel_s_trampoline.5.placed
        (and
          (or
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              0)
            (<= 4096 running_kernel_s_trampoline.5.start))
          (or
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              655360)
            (<= 1048576 running_kernel_s_trampoline.5.start))))
      (=>
        running_kernel_s_trampoline.5.placed
        (or
          (<=
            (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
            1048576)
          (<= 16777216 running_kernel_s_trampoline.5.start)))
      purgatory.6.placed
      (=>
        purgatory.6.placed
        (or
          (and
            (<= 0 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 654336))
          (and
            (<= 1048576 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 805240832))))
      (=>
        purgatory.6.placed
        (and
          (or (<= (+ purgatory.6.start purgatory.6.bytes) 0) (<= 4096 purgatory.6.start))
          (or
            (<= (+ purgatory.6.start purgatory.6.bytes) 655360)
            (<= 1048576 purgatory.6.start))))
      (=> purgatory.6.placed (<= 36864 purgatory.6.bytes))
      (=>
        purgatory.6.placed
        (or
          (<= (+ purgatory.6.start purgatory.6.bytes) 1048576)
          (<= 16777216 purgatory.6.start)))
      control_pages.7.placed
      (=>
        control_pages.7.placed
        (or
          (and
            (<= 0 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 654336))
          (and
            (<= 1048576 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 805240832))))
      (=>
        control_pages.7.placed
        (and
          (or
            (<= (+ control_pages.7.start control_pages.7.bytes) 0)
            (<= 4096 control_pages.7.start))
          (or
            (<= (+ control_pages.7.start control_pages.7.bytes) 655360)
            (<= 1048576 control_pages.7.start))))
      (=>
        control_pages.7.placed
        (or
          (<= (+ control_pages.7.start control_pages.7.bytes) 1048576)
          (<= 16777216 control_pages.7.start)))
      struct_page.8.placed
      (=>
        struct_page.8.placed
        (or
          (and
            (<= 0 struct_page.8.start)
            (<= (+ struct_page.8.start struct_page.8.bytes) 654336))
          (and
            (<= 1048576 struct_page.8.start)
            (<= (+ struct_page.8.start struct_page.8.bytes) 805240832))))
      (=>
        struct_page.8.placed
        (and
          (or
            (<= (+ struct_page.8.start struct_page.8.bytes) 0)
            (<= 4096 struct_page.8.start))
          (or
            (<= (+ struct_page.8.start struct_page.8.bytes) 655360)
            (<= 1048576 struct_page.8.start))))
      (=>
        struct_page.8.placed
        (or
          (<= (+ struct_page.8.start struct_page.8.bytes) 1048576)
          (<= 16777216 struct_page.8.start)))
      direct_map.9.placed
      (=>
        direct_map.9.placed
        (or
          (and
            (<= 0 direct_map.9.start)
            (<= (+ direct_map.9.start direct_map.9.bytes) 654336))
          (and
            (<= 1048576 direct_map.9.start)
            (<= (+ direct_map.9.start direct_map.9.bytes) 805240832))))
      (=>
        direct_map.9.placed
        (and
          (or
            (<= (+ direct_map.9.start direct_map.9.bytes) 0)
            (<= 4096 direct_map.9.start))
          (or
            (<= (+ direct_map.9.start direct_map.9.bytes) 655360)
            (<= 1048576 direct_map.9.start))))
      (=> direct_map.9.placed (<= 532480 direct_map.9.bytes))
      (=>
        direct_map.9.placed
        (or
          (<= (+ direct_map.9.start direct_map.9.bytes) 1048576)
          (<= 16777216 direct_map.9.start)))
      per_CPU_areas.10.placed
      (=>
        per_CPU_areas.10.placed
        (or
          (and
            (<= 0 per_CPU_areas.10.start)
            (<= (+ per_CPU_areas.10.start per_CPU_areas.10.bytes) 654336))
          (and
            (<= 1048576 per_CPU_areas.10.start)
            (<= (+ per_CPU_areas.10.start per_CPU_areas.10.bytes) 805240832))))
      (=>
        per_CPU_areas.10.placed
        (and
          (or
            (<= (+ per_CPU_areas.10.start per_CPU_areas.10.bytes) 0)
            (<= 4096 per_CPU_areas.10.start))
          (or
            (<= (+ per_CPU_areas.10.start per_CPU_areas.10.bytes) 655360)
            (<= 1048576 per_CPU_areas.10.start))))
      (=>
        per_CPU_areas.10.placed
        (or
          (<= (+ per_CPU_areas.10.start per_CPU_areas.10.bytes) 1048576)
          (<= 16777216 per_CPU_areas.10.start)))
      working_memory.11.placed
      (=>
        working_memory.11.placed
        (or
          (and
            (<= 0 working_memory.11.start)
            (<= (+ working_memory.11.start working_memory.11.bytes) 654336))
          (and
            (<= 1048576 working_memory.11.start)
            (<= (+ working_memory.11.start working_memory.11.bytes) 805240832))))
      (=>
        working_memory.11.placed
        (and
          (or
            (<= (+ working_memory.11.start working_memory.11.bytes) 0)
            (<= 4096 working_memory.11.start))
          (or
            (<= (+ working_memory.11.start working_memory.11.bytes) 655360)
            (<= 1048576 working_memory.11.start))))
      (=>
        working_memory.11.placed
        (or
          (<= (+ working_memory.11.start working_memory.11.bytes) 1048576)
          (<= 16777216 working_memory.11.start)))
      processes.12.placed
      (=>
        processes.12.placed
        (or
          (and
            (<= 0 processes.12.start)
            (<= (+ processes.12.start processes.12.bytes) 654336))
          (and
            (<= 1048576 processes.12.start)
            (<= (+ processes.12.start processes.12.bytes) 805240832))))
      (=>
        processes.12.placed
        (and
          (or
            (<= (+ processes.12.start processes.12.bytes) 0)
            (<= 4096 processes.12.start))
          (or
            (<= (+ processes.12.start processes.12.bytes) 655360)
            (<= 1048576 processes.12.start))))
      (=> processes.12.placed (<= 67108864 processes.12.bytes))
      (=>
        processes.12.placed
        (or
          (<= (+ processes.12.start processes.12.bytes) 1048576)
          (<= 16777216 processes.12.start)))
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
          (and kernel.0.placed processes.12.placed)
          (or
            (<= (+ kernel.0.start kernel.0.bytes) processes.12.start)
            (<= (+ processes.12.start processes.12.bytes) kernel.0.start)))
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
          (and initrd.1.placed processes.12.placed)
          (or
            (<= (+ initrd.1.start initrd.1.bytes) processes.12.start)
            (<= (+ processes.12.start processes.12.bytes) initrd.1.start)))
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
            (<=
              (+ unpacked_initrd.2.start unpacked_initrd.2.bytes)
              per_CPU_areas.10.start)
            (<= (+ per_CPU_areas.10.start per_CPU_areas.10.bytes) unpacked_initrd.2.start)))
        (=>
          (and unpacked_initrd.2.placed working_memory.11.placed)
          (or
            (<=
              (+ unpacked_initrd.2.start unpacked_initrd.2.bytes)
              working_memory.11.start)
            (<=
              (+ working_memory.11.start working_memory.11.bytes)
              unpacked_initrd.2.start)))
        (=>
          (and unpacked_initrd.2.placed processes.12.placed)
          (or
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) processes.12.start)
            (<= (+ processes.12.start processes.12.bytes) unpacked_initrd.2.start)))
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
            (<=
              (+ boot_parameters.3.start boot_parameters.3.bytes)
              per_CPU_areas.10.start)
            (<= (+ per_CPU_areas.10.start per_CPU_areas.10.bytes) boot_parameters.3.start)))
        (=>
          (and boot_parameters.3.placed working_memory.11.placed)
          (or
            (<=
              (+ boot_parameters.3.start boot_parameters.3.bytes)
              working_memory.11.start)
            (<=
              (+ working_memory.11.start working_memory.11.bytes)
              boot_parameters.3.start)))
        (=>
          (and boot_parameters.3.placed processes.12.placed)
          (or
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) processes.12.start)
            (<= (+ processes.12.start processes.12.bytes) boot_parameters.3.start)))
        (=>
          (and trampoline.4.placed running_kernel_s_trampoline.5.placed)
          (or
            (<=
              (+ trampoline.4.start trampoline.4.bytes)
              running_kernel_s_trampoline.5.start)
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
          (and trampoline.4.placed processes.12.placed)
          (or
            (<= (+ trampoline.4.start trampoline.4.bytes) processes.12.start)
            (<= (+ processes.12.start processes.12.bytes) trampoline.4.start)))
        (=>
          (and running_kernel_s_trampoline.5.placed purgatory.6.placed)
          (or
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              purgatory.6.start)
            (<=
              (+ purgatory.6.start purgatory.6.bytes)
              running_kernel_s_trampoline.5.start)))
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
            (<=
              (+ direct_map.9.start direct_map.9.bytes)
              running_kernel_s_trampoline.5.start)))
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
          (and running_kernel_s_trampoline.5.placed processes.12.placed)
          (or
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              processes.12.start)
            (<=
              (+ processes.12.start processes.12.bytes)
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
          (and purgatory.6.placed processes.12.placed)
          (or
            (<= (+ purgatory.6.start purgatory.6.bytes) processes.12.start)
            (<= (+ processes.12.start processes.12.bytes) purgatory.6.start)))
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
          (and control_pages.7.placed processes.12.placed)
          (or
            (<= (+ control_pages.7.start control_pages.7.bytes) processes.12.start)
            (<= (+ processes.12.start processes.12.bytes) control_pages.7.start)))
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
          (and struct_page.8.placed processes.12.placed)
          (or
            (<= (+ struct_page.8.start struct_page.8.bytes) processes.12.start)
            (<= (+ processes.12.start processes.12.bytes) struct_page.8.start)))
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
          (and direct_map.9.placed processes.12.placed)
          (or
            (<= (+ direct_map.9.start direct_map.9.bytes) processes.12.start)
            (<= (+ processes.12.start processes.12.bytes) direct_map.9.start)))
        (=>
          (and per_CPU_areas.10.placed working_memory.11.placed)
          (or
            (<= (+ per_CPU_areas.10.start per_CPU_areas.10.bytes) working_memory.11.start)
            (<=
              (+ working_memory.11.start working_memory.11.bytes)
              per_CPU_areas.10.start)))
        (=>
          (and per_CPU_areas.10.placed processes.12.placed)
          (or
            (<= (+ per_CPU_areas.10.start per_CPU_areas.10.bytes) processes.12.start)
            (<= (+ processes.12.start processes.12.bytes) per_CPU_areas.10.start)))
        (=>
          (and working_memory.11.placed processes.12.placed)
          (or
            (<= (+ working_memory.11.start working_memory.11.bytes) processes.12.start)
            (<= (+ processes.12.start processes.12.bytes) working_memory.11.start))))
      (=>
        unpacked_initrd.2.placed
        (and
          (<= 0 unpacked_initrd.2.start)
          (= (mod (+ unpacked_initrd.2.start (- 0)) 4096) 0)))
      (=>
        unpacked_initrd.2.placed
        (= (mod (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 4096) 0))
      (=>
        struct_page.8.placed
        (and (<= 0 struct_page.8.start) (= (mod (+ struct_page.8.start (- 0)) 4096) 0)))
      (=>
        struct_page.8.placed
        (= (mod (+ struct_page.8.start struct_page.8.bytes) 4096) 0))
      (=>
        direct_map.9.placed
        (and (<= 0 direct_map.9.start) (= (mod (+ direct_map.9.start (- 0)) 4096) 0)))
      (=> direct_map.9.placed (= (mod (+ direct_map.9.start direct_map.9.bytes) 4096) 0))
      (=>
        per_CPU_areas.10.placed
        (and
          (<= 0 per_CPU_areas.10.start)
          (= (mod (+ per_CPU_areas.10.start (- 0)) 4096) 0)))
      (=>
        per_CPU_areas.10.placed
        (= (mod (+ per_CPU_areas.10.start per_CPU_areas.10.bytes) 4096) 0))
      (=>
        working_memory.11.placed
        (and
          (<= 0 working_memory.11.start)
          (= (mod (+ working_memory.11.start (- 0)) 4096) 0)))
      (=>
        working_memory.11.placed
        (= (mod (+ working_memory.11.start working_memory.11.bytes) 4096) 0))
      (=>
        processes.12.placed
        (and (<= 0 processes.12.start) (= (mod (+ processes.12.start (- 0)) 4096) 0)))
      (=> processes.12.placed (= (mod (+ processes.12.start processes.12.bytes) 4096) 0))
      (=>
        control_pages.7.placed
        (and
          (<= 0 control_pages.7.start)
          (= (mod (+ control_pages.7.start (- 0)) 4096) 0)))
      (=>
        control_pages.7.placed
        (= (mod (+ control_pages.7.start control_pages.7.bytes) 4096) 0))
      (=> struct_page.8.placed (<= 2097152 struct_page.8.bytes))
      (=> direct_map.9.placed (<= 532480 direct_map.9.bytes))
      (=> per_CPU_areas.10.placed (<= 540672 per_CPU_areas.10.bytes))
      (=> working_memory.11.placed (<= 10485760 working_memory.11.bytes))
      (=> kernel.0.placed (<= 6291456 kernel.0.bytes))
      (=>
        kernel.0.placed
        (and (<= 0 kernel.0.start) (= (mod (+ kernel.0.start (- 0)) 1048576) 0)))
      (=> initrd.1.placed (<= 4194304 initrd.1.bytes))
      (=>
        kernel.0.placed
        (and (<= 0 kernel.0.start) (= (mod (+ kernel.0.start (- 0)) 4096) 0)))
      (=> kernel.0.placed (= (mod (+ kernel.0.start kernel.0.bytes) 4096) 0))
      (=> kernel.0.placed (<= kernel.0.bytes 402423296))
      (=>
        initrd.1.placed
        (and (<= 0 initrd.1.start) (= (mod (+ initrd.1.start (- 0)) 4096) 0)))
      (=> initrd.1.placed (= (mod (+ initrd.1.start initrd.1.bytes) 4096) 0))
      (=> initrd.1.placed (<= initrd.1.bytes 402423296))
      (=>
        boot_parameters.3.placed
        (and
          (<= 0 boot_parameters.3.start)
          (= (mod (+ boot_parameters.3.start (- 0)) 4096) 0)))
      (=>
        boot_parameters.3.placed
        (= (mod (+ boot_parameters.3.start boot_parameters.3.bytes) 4096) 0))
      (=> boot_parameters.3.placed (<= boot_parameters.3.bytes 402423296))
      (=>
        purgatory.6.placed
        (and (<= 0 purgatory.6.start) (= (mod (+ purgatory.6.start (- 0)) 4096) 0)))
      (=> purgatory.6.placed (= (mod (+ purgatory.6.start purgatory.6.bytes) 4096) 0))
      (=> purgatory.6.placed (<= purgatory.6.bytes 402423296))
      (<=
        (+
          (ite kernel.0.placed kernel.0.bytes 0)
          (ite initrd.1.placed initrd.1.bytes 0)
          (ite boot_parameters.3.placed boot_parameters.3.bytes 0)
          (ite purgatory.6.placed purgatory.6.bytes 0))
        402423296)
      (<=
        (+
          (ite kernel.0.placed 1 0)
          (ite initrd.1.placed 1 0)
          (ite boot_parameters.3.placed 1 0)
          (ite purgatory.6.placed 1 0))
        16)
      (=> control_pages.7.placed (<= 8192 control_pages.7.bytes))
      (=>
        control_pages.7.placed
        (and
          (<= 0 control_pages.7.start)
          (<= (+ control_pages.7.start control_pages.7.bytes) 939524096)))
      (=>
        trampoline.4.placed
        (and (<= 0 trampoline.4.start) (= (mod (+ trampoline.4.start (- 0)) 4096) 0)))
      (=> trampoline.4.placed (<= 4096 trampoline.4.bytes))
      (=>
        running_kernel_s_trampoline.5.placed
        (and
          (<= 0 running_kernel_s_trampoline.5.start)
          (= (mod (+ running_kernel_s_trampoline.5.start (- 0)) 4096) 0)))
      (=>
        running_kernel_s_trampoline.5.placed
        (<= 4096 running_kernel_s_trampoline.5.bytes))
      (=>
        trampoline.4.placed
        (and
          (<= 0 trampoline.4.start)
          (<= (+ trampoline.4.start trampoline.4.bytes) 1048576)))
      (=>
        running_kernel_s_trampoline.5.placed
        (and
          (<= 0 running_kernel_s_trampoline.5.start)
          (<=
            (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
            1048576)))
      (=>
        unpacked_initrd.2.placed
        (and
          (<= 1048576 unpacked_initrd.2.start)
          (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 18446744073709551616)))
      (=>
        struct_page.8.placed
        (and
          (<= 1048576 struct_page.8.start)
          (<= (+ struct_page.8.start struct_page.8.bytes) 18446744073709551616)))
      (=>
        direct_map.9.placed
        (and
          (<= 1048576 direct_map.9.start)
          (<= (+ direct_map.9.start direct_map.9.bytes) 18446744073709551616)))
      (=>
        per_CPU_areas.10.placed
        (and
          (<= 1048576 per_CPU_areas.10.start)
          (<= (+ per_CPU_areas.10.start per_CPU_areas.10.bytes) 18446744073709551616)))
      (=>
        working_memory.11.placed
        (and
          (<= 1048576 working_memory.11.start)
          (<= (+ working_memory.11.start working_memory.11.bytes) 18446744073709551616)))
      (=>
        processes.12.placed
        (and
          (<= 1048576 processes.12.start)
          (<= (+ processes.12.start processes.12.bytes) 18446744073709551616)))
      (=> boot_parameters.3.placed (<= 24576 boot_parameters.3.bytes))
      (=>
        kernel.0.placed
        (and (<= 0 kernel.0.start) (<= (+ kernel.0.start kernel.0.bytes) 939524096)))
      (=>
        struct_page.8.placed
        (and
          (<= 0 struct_page.8.start)
          (<= (+ struct_page.8.start struct_page.8.bytes) 939524096)))
      (=>
        direct_map.9.placed
        (and
          (<= 0 direct_map.9.start)
          (<= (+ direct_map.9.start direct_map.9.bytes) 939524096)))
      (=>
        per_CPU_areas.10.placed
        (and
          (<= 0 per_CPU_areas.10.start)
          (<= (+ per_CPU_areas.10.start per_CPU_areas.10.bytes) 939524096)))
      (<=
        (+
          (ite unpacked_initrd.2.placed unpacked_initrd.2.bytes 0)
          (ite unpacked_initrd.2.placed unpacked_initrd.2.bytes 0)
          (ite kernel.0.placed kernel.0.bytes 0)
          (ite initrd.1.placed initrd.1.bytes 0))
        268435456)
      (=>
        processes.12.placed
        (<=
          (ite (<= part1 18446744073709551615) part1 18446744073709551615)
          processes.12.bytes))))))

(check-sat)
