; Models/layouts/cluster.yml: this placement keeps all rules for each value of the ranges. Numbers are bytes.
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
(declare-const page_tables.8.placed Bool)
(declare-const page_tables.8.start Int)
(declare-const page_tables.8.bytes Int)
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
(declare-const grant.14.placed Bool)
(declare-const grant.14.start Int)
(declare-const grant.14.bytes Int)
(declare-const size.0 Int)

(assert (and kernel.0.placed (= kernel.0.start 549686607872) (= kernel.0.bytes 67108864)))

(assert (and initrd.1.placed (= initrd.1.start 549476892672) (= initrd.1.bytes 209715200)))

(assert (and
    unpacked_initrd.2.placed
    (= unpacked_initrd.2.start 335544320)
    (= unpacked_initrd.2.bytes 629145600)))

(assert (and
    boot_parameters.3.placed
    (= boot_parameters.3.start 549754716160)
    (= boot_parameters.3.bytes 12288)))

(assert (and trampoline.4.placed (= trampoline.4.start 4096) (= trampoline.4.bytes 4096)))

(assert (and
    running_kernel_s_trampoline.5.placed
    (= running_kernel_s_trampoline.5.start 8192)
    (= running_kernel_s_trampoline.5.bytes 4096)))

(assert (and purgatory.6.placed (= purgatory.6.start 549754728448) (= purgatory.6.bytes 36864)))

(assert (and
    control_pages.7.placed
    (= control_pages.7.start 12288)
    (= control_pages.7.bytes 8192)))

(assert (and
    page_tables.8.placed
    (= page_tables.8.start 147857408)
    (= page_tables.8.bytes 2109440)))

(assert (and
    struct_page.9.placed
    (= struct_page.9.start 4294967296)
    (= struct_page.9.bytes 8589934592)))

(assert (and
    direct_map.10.placed
    (= direct_map.10.start 145752064)
    (= direct_map.10.bytes 2105344)))

(assert (and
    per_CPU_areas.11.placed
    (= per_CPU_areas.11.start 964689920)
    (= per_CPU_areas.11.bytes 138412032)))

(assert (and
    working_memory.12.placed
    (= working_memory.12.start 135266304)
    (= working_memory.12.bytes 10485760)))

(assert (and swiotlb.13.placed (= swiotlb.13.start 1048576) (= swiotlb.13.bytes 134217728)))

(assert (and grant.14.placed (= grant.14.start 4294967296) (= grant.14.bytes 16106127360)))

; A value of `initrd`.
(assert (and (<= 20971520 size.0) (<= size.0 209715200)))

; A rule is broken.
(assert (let ((part1 (+ (* 1 size.0) 0)))
  (not
    (and
      kernel.0.placed
      (=>
        kernel.0.placed
        (or
          (and (<= 4096 kernel.0.start) (<= (+ kernel.0.start kernel.0.bytes) 654336))
          (and
            (<= 1048576 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 268435456))
          (and
            (<= 320864256 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 327155712))
          (and
            (<= 335544320 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 2147483648))
          (and
            (<= 4294967296 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 34358689792))
          (and
            (<= 34359738368 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 51538558976))
          (and
            (<= 51539607552 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 68718428160))
          (and
            (<= 68719476736 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 85898297344))
          (and
            (<= 85899345920 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 103078166528))
          (and
            (<= 103079215104 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 120258035712))
          (and
            (<= 120259084288 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 137437904896))
          (and
            (<= 137438953472 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 154617774080))
          (and
            (<= 154618822656 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 171797643264))
          (and
            (<= 171798691840 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 188977512448))
          (and
            (<= 188978561024 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 206157381632))
          (and
            (<= 206158430208 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 223337250816))
          (and
            (<= 223338299392 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 240517120000))
          (and
            (<= 240518168576 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 257696989184))
          (and
            (<= 257698037760 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 274876858368))
          (and
            (<= 274877906944 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 292056727552))
          (and
            (<= 292057776128 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 309236596736))
          (and
            (<= 309237645312 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 326416465920))
          (and
            (<= 326417514496 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 343596335104))
          (and
            (<= 343597383680 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 360776204288))
          (and
            (<= 360777252864 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 377956073472))
          (and
            (<= 377957122048 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 395135942656))
          (and
            (<= 395136991232 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 412315811840))
          (and
            (<= 412316860416 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 429495681024))
          (and
            (<= 429496729600 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 446675550208))
          (and
            (<= 446676598784 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 463855419392))
          (and
            (<= 463856467968 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 481035288576))
          (and
            (<= 481036337152 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 498215157760))
          (and
            (<= 498216206336 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 515395026944))
          (and
            (<= 515396075520 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 532574896128))
          (and
            (<= 532575944704 kernel.0.start)
            (<= (+ kernel.0.start kernel.0.bytes) 549754765312))))
      (=>
        kernel.0.placed
        (and
          (or (<= (+ kernel.0.start kernel.0.bytes) 0) (<= 4096 kernel.0.start))
          (or (<= (+ kernel.0.start kernel.0.bytes) 655360) (<= 1048576 kernel.0.start))))
      (=>
        kernel.0.placed
        (and
          (or
            (<= (+ kernel.0.start kernel.0.bytes) 268435456)
            (<= 320864256 kernel.0.start))
          (or
            (<= (+ kernel.0.start kernel.0.bytes) 327155712)
            (<= 335544320 kernel.0.start))))
      initrd.1.placed
      (=>
        initrd.1.placed
        (or
          (and (<= 4096 initrd.1.start) (<= (+ initrd.1.start initrd.1.bytes) 654336))
          (and
            (<= 1048576 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 268435456))
          (and
            (<= 320864256 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 327155712))
          (and
            (<= 335544320 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 2147483648))
          (and
            (<= 4294967296 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 34358689792))
          (and
            (<= 34359738368 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 51538558976))
          (and
            (<= 51539607552 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 68718428160))
          (and
            (<= 68719476736 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 85898297344))
          (and
            (<= 85899345920 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 103078166528))
          (and
            (<= 103079215104 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 120258035712))
          (and
            (<= 120259084288 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 137437904896))
          (and
            (<= 137438953472 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 154617774080))
          (and
            (<= 154618822656 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 171797643264))
          (and
            (<= 171798691840 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 188977512448))
          (and
            (<= 188978561024 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 206157381632))
          (and
            (<= 206158430208 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 223337250816))
          (and
            (<= 223338299392 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 240517120000))
          (and
            (<= 240518168576 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 257696989184))
          (and
            (<= 257698037760 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 274876858368))
          (and
            (<= 274877906944 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 292056727552))
          (and
            (<= 292057776128 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 309236596736))
          (and
            (<= 309237645312 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 326416465920))
          (and
            (<= 326417514496 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 343596335104))
          (and
            (<= 343597383680 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 360776204288))
          (and
            (<= 360777252864 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 377956073472))
          (and
            (<= 377957122048 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 395135942656))
          (and
            (<= 395136991232 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 412315811840))
          (and
            (<= 412316860416 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 429495681024))
          (and
            (<= 429496729600 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 446675550208))
          (and
            (<= 446676598784 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 463855419392))
          (and
            (<= 463856467968 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 481035288576))
          (and
            (<= 481036337152 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 498215157760))
          (and
            (<= 498216206336 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 515395026944))
          (and
            (<= 515396075520 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 532574896128))
          (and
            (<= 532575944704 initrd.1.start)
            (<= (+ initrd.1.start initrd.1.bytes) 549754765312))))
      (=>
        initrd.1.placed
        (and
          (or (<= (+ initrd.1.start initrd.1.bytes) 0) (<= 4096 initrd.1.start))
          (or (<= (+ initrd.1.start initrd.1.bytes) 655360) (<= 1048576 initrd.1.start))))
      (=>
        initrd.1.placed
        (and
          (or
            (<= (+ initrd.1.start initrd.1.bytes) 268435456)
            (<= 320864256 initrd.1.start))
          (or
            (<= (+ initrd.1.start initrd.1.bytes) 327155712)
            (<= 335544320 initrd.1.start))))
      unpacked_initrd.2.placed
      (=>
        unpacked_initrd.2.placed
        (or
          (and
            (<= 4096 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 654336))
          (and
            (<= 1048576 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 268435456))
          (and
            (<= 320864256 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 327155712))
          (and
            (<= 335544320 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 2147483648))
          (and
            (<= 4294967296 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 34358689792))
          (and
            (<= 34359738368 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 51538558976))
          (and
            (<= 51539607552 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 68718428160))
          (and
            (<= 68719476736 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 85898297344))
          (and
            (<= 85899345920 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 103078166528))
          (and
            (<= 103079215104 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 120258035712))
          (and
            (<= 120259084288 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 137437904896))
          (and
            (<= 137438953472 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 154617774080))
          (and
            (<= 154618822656 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 171797643264))
          (and
            (<= 171798691840 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 188977512448))
          (and
            (<= 188978561024 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 206157381632))
          (and
            (<= 206158430208 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 223337250816))
          (and
            (<= 223338299392 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 240517120000))
          (and
            (<= 240518168576 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 257696989184))
          (and
            (<= 257698037760 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 274876858368))
          (and
            (<= 274877906944 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 292056727552))
          (and
            (<= 292057776128 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 309236596736))
          (and
            (<= 309237645312 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 326416465920))
          (and
            (<= 326417514496 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 343596335104))
          (and
            (<= 343597383680 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 360776204288))
          (and
            (<= 360777252864 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 377956073472))
          (and
            (<= 377957122048 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 395135942656))
          (and
            (<= 395136991232 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 412315811840))
          (and
            (<= 412316860416 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 429495681024))
          (and
            (<= 429496729600 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 446675550208))
          (and
            (<= 446676598784 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 463855419392))
          (and
            (<= 463856467968 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 481035288576))
          (and
            (<= 481036337152 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 498215157760))
          (and
            (<= 498216206336 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 515395026944))
          (and
            (<= 515396075520 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 532574896128))
          (and
            (<= 532575944704 unpacked_initrd.2.start)
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 549754765312))))
      (=>
        unpacked_initrd.2.placed
        (and
          (or
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 0)
            (<= 4096 unpacked_initrd.2.start))
          (or
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 655360)
            (<= 1048576 unpacked_initrd.2.start))))
      (=> unpacked_initrd.2.placed (<= 629145600 unpacked_initrd.2.bytes))
      (=>
        unpacked_initrd.2.placed
        (and
          (or
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 268435456)
            (<= 320864256 unpacked_initrd.2.start))
          (or
            (<= (+ unpacked_initrd.2.start unpacked_initrd.2.bytes) 327155712)
            (<= 335544320 unpacked_initrd.2.start))))
      boot_parameters.3.placed
      (=>
        boot_parameters.3.placed
        (or
          (and
            (<= 4096 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 654336))
          (and
            (<= 1048576 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 268435456))
          (and
            (<= 320864256 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 327155712))
          (and
            (<= 335544320 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 2147483648))
          (and
            (<= 4294967296 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 34358689792))
          (and
            (<= 34359738368 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 51538558976))
          (and
            (<= 51539607552 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 68718428160))
          (and
            (<= 68719476736 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 85898297344))
          (and
            (<= 85899345920 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 103078166528))
          (and
            (<= 103079215104 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 120258035712))
          (and
            (<= 120259084288 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 137437904896))
          (and
            (<= 137438953472 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 154617774080))
          (and
            (<= 154618822656 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 171797643264))
          (and
            (<= 171798691840 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 188977512448))
          (and
            (<= 188978561024 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 206157381632))
          (and
            (<= 206158430208 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 223337250816))
          (and
            (<= 223338299392 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 240517120000))
          (and
            (<= 240518168576 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 257696989184))
          (and
            (<= 257698037760 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 274876858368))
          (and
            (<= 274877906944 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 292056727552))
          (and
            (<= 292057776128 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 309236596736))
          (and
            (<= 309237645312 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 326416465920))
          (and
            (<= 326417514496 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 343596335104))
          (and
            (<= 343597383680 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 360776204288))
          (and
            (<= 360777252864 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 377956073472))
          (and
            (<= 377957122048 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 395135942656))
          (and
            (<= 395136991232 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 412315811840))
          (and
            (<= 412316860416 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 429495681024))
          (and
            (<= 429496729600 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 446675550208))
          (and
            (<= 446676598784 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 463855419392))
          (and
            (<= 463856467968 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 481035288576))
          (and
            (<= 481036337152 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 498215157760))
          (and
            (<= 498216206336 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 515395026944))
          (and
            (<= 515396075520 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 532574896128))
          (and
            (<= 532575944704 boot_parameters.3.start)
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 549754765312))))
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
        (and
          (or
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 268435456)
            (<= 320864256 boot_parameters.3.start))
          (or
            (<= (+ boot_parameters.3.start boot_parameters.3.bytes) 327155712)
            (<= 335544320 boot_parameters.3.start))))
      trampoline.4.placed
      (=>
        trampoline.4.placed
        (or
          (and
            (<= 4096 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 654336))
          (and
            (<= 1048576 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 268435456))
          (and
            (<= 320864256 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 327155712))
          (and
            (<= 335544320 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 2147483648))
          (and
            (<= 4294967296 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 34358689792))
          (and
            (<= 34359738368 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 51538558976))
          (and
            (<= 51539607552 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 68718428160))
          (and
            (<= 68719476736 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 85898297344))
          (and
            (<= 85899345920 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 103078166528))
          (and
            (<= 103079215104 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 120258035712))
          (and
            (<= 120259084288 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 137437904896))
          (and
            (<= 137438953472 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 154617774080))
          (and
            (<= 154618822656 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 171797643264))
          (and
            (<= 171798691840 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 188977512448))
          (and
            (<= 188978561024 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 206157381632))
          (and
            (<= 206158430208 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 223337250816))
          (and
            (<= 223338299392 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 240517120000))
          (and
            (<= 240518168576 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 257696989184))
          (and
            (<= 257698037760 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 274876858368))
          (and
            (<= 274877906944 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 292056727552))
          (and
            (<= 292057776128 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 309236596736))
          (and
            (<= 309237645312 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 326416465920))
          (and
            (<= 326417514496 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 343596335104))
          (and
            (<= 343597383680 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 360776204288))
          (and
            (<= 360777252864 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 377956073472))
          (and
            (<= 377957122048 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 395135942656))
          (and
            (<= 395136991232 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 412315811840))
          (and
            (<= 412316860416 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 429495681024))
          (and
            (<= 429496729600 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 446675550208))
          (and
            (<= 446676598784 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 463855419392))
          (and
            (<= 463856467968 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 481035288576))
          (and
            (<= 481036337152 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 498215157760))
          (and
            (<= 498216206336 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 515395026944))
          (and
            (<= 515396075520 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 532574896128))
          (and
            (<= 532575944704 trampoline.4.start)
            (<= (+ trampoline.4.start trampoline.4.bytes) 549754765312))))
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
        (and
          (or
            (<= (+ trampoline.4.start trampoline.4.bytes) 268435456)
            (<= 320864256 trampoline.4.start))
          (or
            (<= (+ trampoline.4.start trampoline.4.bytes) 327155712)
            (<= 335544320 trampoline.4.start))))
      running_kernel_s_trampoline.5.placed
      (=>
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
              268435456))
          (and
            (<= 320864256 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              327155712))
          (and
            (<= 335544320 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              2147483648))
          (and
            (<= 4294967296 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              34358689792))
          (and
            (<= 34359738368 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              51538558976))
          (and
            (<= 51539607552 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              68718428160))
          (and
            (<= 68719476736 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              85898297344))
          (and
            (<= 85899345920 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              103078166528))
          (and
            (<= 103079215104 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              120258035712))
          (and
            (<= 120259084288 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              137437904896))
          (and
            (<= 137438953472 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              154617774080))
          (and
            (<= 154618822656 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              171797643264))
          (and
            (<= 171798691840 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              188977512448))
          (and
            (<= 188978561024 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              206157381632))
          (and
            (<= 206158430208 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              223337250816))
          (and
            (<= 223338299392 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              240517120000))
          (and
            (<= 240518168576 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              257696989184))
          (and
            (<= 257698037760 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              274876858368))
          (and
            (<= 274877906944 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              292056727552))
          (and
            (<= 292057776128 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              309236596736))
          (and
            (<= 309237645312 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              326416465920))
          (and
            (<= 326417514496 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              343596335104))
          (and
            (<= 343597383680 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              360776204288))
          (and
            (<= 360777252864 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              377956073472))
          (and
            (<= 377957122048 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              395135942656))
          (and
            (<= 395136991232 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              412315811840))
          (and
            (<= 412316860416 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              429495681024))
          (and
            (<= 429496729600 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              446675550208))
          (and
            (<= 446676598784 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              463855419392))
          (and
            (<= 463856467968 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              481035288576))
          (and
            (<= 481036337152 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              498215157760))
          (and
            (<= 498216206336 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              515395026944))
          (and
            (<= 515396075520 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              532574896128))
          (and
            (<= 532575944704 running_kernel_s_trampoline.5.start)
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              549754765312))))
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
        (and
          (or
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              268435456)
            (<= 320864256 running_kernel_s_trampoline.5.start))
          (or
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              327155712)
            (<= 335544320 running_kernel_s_trampoline.5.start))))
      purgatory.6.placed
      (=>
        purgatory.6.placed
        (or
          (and
            (<= 4096 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 654336))
          (and
            (<= 1048576 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 268435456))
          (and
            (<= 320864256 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 327155712))
          (and
            (<= 335544320 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 2147483648))
          (and
            (<= 4294967296 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 34358689792))
          (and
            (<= 34359738368 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 51538558976))
          (and
            (<= 51539607552 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 68718428160))
          (and
            (<= 68719476736 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 85898297344))
          (and
            (<= 85899345920 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 103078166528))
          (and
            (<= 103079215104 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 120258035712))
          (and
            (<= 120259084288 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 137437904896))
          (and
            (<= 137438953472 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 154617774080))
          (and
            (<= 154618822656 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 171797643264))
          (and
            (<= 171798691840 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 188977512448))
          (and
            (<= 188978561024 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 206157381632))
          (and
            (<= 206158430208 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 223337250816))
          (and
            (<= 223338299392 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 240517120000))
          (and
            (<= 240518168576 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 257696989184))
          (and
            (<= 257698037760 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 274876858368))
          (and
            (<= 274877906944 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 292056727552))
          (and
            (<= 292057776128 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 309236596736))
          (and
            (<= 309237645312 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 326416465920))
          (and
            (<= 326417514496 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 343596335104))
          (and
            (<= 343597383680 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 360776204288))
          (and
            (<= 360777252864 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 377956073472))
          (and
            (<= 377957122048 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 395135942656))
          (and
            (<= 395136991232 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 412315811840))
          (and
            (<= 412316860416 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 429495681024))
          (and
            (<= 429496729600 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 446675550208))
          (and
            (<= 446676598784 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 463855419392))
          (and
            (<= 463856467968 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 481035288576))
          (and
            (<= 481036337152 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 498215157760))
          (and
            (<= 498216206336 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 515395026944))
          (and
            (<= 515396075520 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 532574896128))
          (and
            (<= 532575944704 purgatory.6.start)
            (<= (+ purgatory.6.start purgatory.6.bytes) 549754765312))))
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
        (and
          (or
            (<= (+ purgatory.6.start purgatory.6.bytes) 268435456)
            (<= 320864256 purgatory.6.start))
          (or
            (<= (+ purgatory.6.start purgatory.6.bytes) 327155712)
            (<= 335544320 purgatory.6.start))))
      control_pages.7.placed
      (=>
        control_pages.7.placed
        (or
          (and
            (<= 4096 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 654336))
          (and
            (<= 1048576 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 268435456))
          (and
            (<= 320864256 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 327155712))
          (and
            (<= 335544320 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 2147483648))
          (and
            (<= 4294967296 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 34358689792))
          (and
            (<= 34359738368 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 51538558976))
          (and
            (<= 51539607552 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 68718428160))
          (and
            (<= 68719476736 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 85898297344))
          (and
            (<= 85899345920 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 103078166528))
          (and
            (<= 103079215104 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 120258035712))
          (and
            (<= 120259084288 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 137437904896))
          (and
            (<= 137438953472 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 154617774080))
          (and
            (<= 154618822656 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 171797643264))
          (and
            (<= 171798691840 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 188977512448))
          (and
            (<= 188978561024 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 206157381632))
          (and
            (<= 206158430208 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 223337250816))
          (and
            (<= 223338299392 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 240517120000))
          (and
            (<= 240518168576 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 257696989184))
          (and
            (<= 257698037760 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 274876858368))
          (and
            (<= 274877906944 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 292056727552))
          (and
            (<= 292057776128 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 309236596736))
          (and
            (<= 309237645312 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 326416465920))
          (and
            (<= 326417514496 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 343596335104))
          (and
            (<= 343597383680 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 360776204288))
          (and
            (<= 360777252864 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 377956073472))
          (and
            (<= 377957122048 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 395135942656))
          (and
            (<= 395136991232 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 412315811840))
          (and
            (<= 412316860416 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 429495681024))
          (and
            (<= 429496729600 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 446675550208))
          (and
            (<= 446676598784 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 463855419392))
          (and
            (<= 463856467968 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 481035288576))
          (and
            (<= 481036337152 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 498215157760))
          (and
            (<= 498216206336 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 515395026944))
          (and
            (<= 515396075520 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 532574896128))
          (and
            (<= 532575944704 control_pages.7.start)
            (<= (+ control_pages.7.start control_pages.7.bytes) 549754765312))))
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
        (and
          (or
            (<= (+ control_pages.7.start control_pages.7.bytes) 268435456)
            (<= 320864256 control_pages.7.start))
          (or
            (<= (+ control_pages.7.start control_pages.7.bytes) 327155712)
            (<= 335544320 control_pages.7.start))))
      page_tables.8.placed
      (=>
        page_tables.8.placed
        (or
          (and
            (<= 4096 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 654336))
          (and
            (<= 1048576 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 268435456))
          (and
            (<= 320864256 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 327155712))
          (and
            (<= 335544320 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 2147483648))
          (and
            (<= 4294967296 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 34358689792))
          (and
            (<= 34359738368 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 51538558976))
          (and
            (<= 51539607552 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 68718428160))
          (and
            (<= 68719476736 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 85898297344))
          (and
            (<= 85899345920 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 103078166528))
          (and
            (<= 103079215104 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 120258035712))
          (and
            (<= 120259084288 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 137437904896))
          (and
            (<= 137438953472 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 154617774080))
          (and
            (<= 154618822656 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 171797643264))
          (and
            (<= 171798691840 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 188977512448))
          (and
            (<= 188978561024 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 206157381632))
          (and
            (<= 206158430208 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 223337250816))
          (and
            (<= 223338299392 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 240517120000))
          (and
            (<= 240518168576 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 257696989184))
          (and
            (<= 257698037760 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 274876858368))
          (and
            (<= 274877906944 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 292056727552))
          (and
            (<= 292057776128 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 309236596736))
          (and
            (<= 309237645312 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 326416465920))
          (and
            (<= 326417514496 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 343596335104))
          (and
            (<= 343597383680 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 360776204288))
          (and
            (<= 360777252864 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 377956073472))
          (and
            (<= 377957122048 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 395135942656))
          (and
            (<= 395136991232 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 412315811840))
          (and
            (<= 412316860416 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 429495681024))
          (and
            (<= 429496729600 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 446675550208))
          (and
            (<= 446676598784 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 463855419392))
          (and
            (<= 463856467968 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 481035288576))
          (and
            (<= 481036337152 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 498215157760))
          (and
            (<= 498216206336 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 515395026944))
          (and
            (<= 515396075520 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 532574896128))
          (and
            (<= 532575944704 page_tables.8.start)
            (<= (+ page_tables.8.start page_tables.8.bytes) 549754765312))))
      (=>
        page_tables.8.placed
        (and
          (or
            (<= (+ page_tables.8.start page_tables.8.bytes) 0)
            (<= 4096 page_tables.8.start))
          (or
            (<= (+ page_tables.8.start page_tables.8.bytes) 655360)
            (<= 1048576 page_tables.8.start))))
      (=>
        page_tables.8.placed
        (and
          (or
            (<= (+ page_tables.8.start page_tables.8.bytes) 268435456)
            (<= 320864256 page_tables.8.start))
          (or
            (<= (+ page_tables.8.start page_tables.8.bytes) 327155712)
            (<= 335544320 page_tables.8.start))))
      struct_page.9.placed
      (=>
        struct_page.9.placed
        (or
          (and
            (<= 4096 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 654336))
          (and
            (<= 1048576 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 268435456))
          (and
            (<= 320864256 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 327155712))
          (and
            (<= 335544320 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 2147483648))
          (and
            (<= 4294967296 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 34358689792))
          (and
            (<= 34359738368 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 51538558976))
          (and
            (<= 51539607552 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 68718428160))
          (and
            (<= 68719476736 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 85898297344))
          (and
            (<= 85899345920 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 103078166528))
          (and
            (<= 103079215104 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 120258035712))
          (and
            (<= 120259084288 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 137437904896))
          (and
            (<= 137438953472 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 154617774080))
          (and
            (<= 154618822656 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 171797643264))
          (and
            (<= 171798691840 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 188977512448))
          (and
            (<= 188978561024 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 206157381632))
          (and
            (<= 206158430208 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 223337250816))
          (and
            (<= 223338299392 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 240517120000))
          (and
            (<= 240518168576 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 257696989184))
          (and
            (<= 257698037760 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 274876858368))
          (and
            (<= 274877906944 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 292056727552))
          (and
            (<= 292057776128 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 309236596736))
          (and
            (<= 309237645312 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 326416465920))
          (and
            (<= 326417514496 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 343596335104))
          (and
            (<= 343597383680 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 360776204288))
          (and
            (<= 360777252864 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 377956073472))
          (and
            (<= 377957122048 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 395135942656))
          (and
            (<= 395136991232 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 412315811840))
          (and
            (<= 412316860416 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 429495681024))
          (and
            (<= 429496729600 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 446675550208))
          (and
            (<= 446676598784 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 463855419392))
          (and
            (<= 463856467968 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 481035288576))
          (and
            (<= 481036337152 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 498215157760))
          (and
            (<= 498216206336 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 515395026944))
          (and
            (<= 515396075520 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 532574896128))
          (and
            (<= 532575944704 struct_page.9.start)
            (<= (+ struct_page.9.start struct_page.9.bytes) 549754765312))))
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
        (and
          (or
            (<= (+ struct_page.9.start struct_page.9.bytes) 268435456)
            (<= 320864256 struct_page.9.start))
          (or
            (<= (+ struct_page.9.start struct_page.9.bytes) 327155712)
            (<= 335544320 struct_page.9.start))))
      direct_map.10.placed
      (=>
        direct_map.10.placed
        (or
          (and
            (<= 4096 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 654336))
          (and
            (<= 1048576 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 268435456))
          (and
            (<= 320864256 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 327155712))
          (and
            (<= 335544320 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 2147483648))
          (and
            (<= 4294967296 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 34358689792))
          (and
            (<= 34359738368 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 51538558976))
          (and
            (<= 51539607552 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 68718428160))
          (and
            (<= 68719476736 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 85898297344))
          (and
            (<= 85899345920 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 103078166528))
          (and
            (<= 103079215104 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 120258035712))
          (and
            (<= 120259084288 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 137437904896))
          (and
            (<= 137438953472 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 154617774080))
          (and
            (<= 154618822656 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 171797643264))
          (and
            (<= 171798691840 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 188977512448))
          (and
            (<= 188978561024 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 206157381632))
          (and
            (<= 206158430208 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 223337250816))
          (and
            (<= 223338299392 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 240517120000))
          (and
            (<= 240518168576 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 257696989184))
          (and
            (<= 257698037760 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 274876858368))
          (and
            (<= 274877906944 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 292056727552))
          (and
            (<= 292057776128 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 309236596736))
          (and
            (<= 309237645312 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 326416465920))
          (and
            (<= 326417514496 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 343596335104))
          (and
            (<= 343597383680 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 360776204288))
          (and
            (<= 360777252864 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 377956073472))
          (and
            (<= 377957122048 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 395135942656))
          (and
            (<= 395136991232 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 412315811840))
          (and
            (<= 412316860416 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 429495681024))
          (and
            (<= 429496729600 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 446675550208))
          (and
            (<= 446676598784 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 463855419392))
          (and
            (<= 463856467968 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 481035288576))
          (and
            (<= 481036337152 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 498215157760))
          (and
            (<= 498216206336 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 515395026944))
          (and
            (<= 515396075520 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 532574896128))
          (and
            (<= 532575944704 direct_map.10.start)
            (<= (+ direct_map.10.start direct_map.10.bytes) 549754765312))))
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
        (and
          (or
            (<= (+ direct_map.10.start direct_map.10.bytes) 268435456)
            (<= 320864256 direct_map.10.start))
          (or
            (<= (+ direct_map.10.start direct_map.10.bytes) 327155712)
            (<= 335544320 direct_map.10.start))))
      per_CPU_areas.11.placed
      (=>
        per_CPU_areas.11.placed
        (or
          (and
            (<= 4096 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 654336))
          (and
            (<= 1048576 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 268435456))
          (and
            (<= 320864256 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 327155712))
          (and
            (<= 335544320 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 2147483648))
          (and
            (<= 4294967296 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 34358689792))
          (and
            (<= 34359738368 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 51538558976))
          (and
            (<= 51539607552 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 68718428160))
          (and
            (<= 68719476736 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 85898297344))
          (and
            (<= 85899345920 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 103078166528))
          (and
            (<= 103079215104 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 120258035712))
          (and
            (<= 120259084288 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 137437904896))
          (and
            (<= 137438953472 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 154617774080))
          (and
            (<= 154618822656 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 171797643264))
          (and
            (<= 171798691840 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 188977512448))
          (and
            (<= 188978561024 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 206157381632))
          (and
            (<= 206158430208 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 223337250816))
          (and
            (<= 223338299392 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 240517120000))
          (and
            (<= 240518168576 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 257696989184))
          (and
            (<= 257698037760 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 274876858368))
          (and
            (<= 274877906944 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 292056727552))
          (and
            (<= 292057776128 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 309236596736))
          (and
            (<= 309237645312 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 326416465920))
          (and
            (<= 326417514496 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 343596335104))
          (and
            (<= 343597383680 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 360776204288))
          (and
            (<= 360777252864 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 377956073472))
          (and
            (<= 377957122048 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 395135942656))
          (and
            (<= 395136991232 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 412315811840))
          (and
            (<= 412316860416 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 429495681024))
          (and
            (<= 429496729600 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 446675550208))
          (and
            (<= 446676598784 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 463855419392))
          (and
            (<= 463856467968 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 481035288576))
          (and
            (<= 481036337152 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 498215157760))
          (and
            (<= 498216206336 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 515395026944))
          (and
            (<= 515396075520 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 532574896128))
          (and
            (<= 532575944704 per_CPU_areas.11.start)
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 549754765312))))
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
        (and
          (or
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 268435456)
            (<= 320864256 per_CPU_areas.11.start))
          (or
            (<= (+ per_CPU_areas.11.start per_CPU_areas.11.bytes) 327155712)
            (<= 335544320 per_CPU_areas.11.start))))
      working_memory.12.placed
      (=>
        working_memory.12.placed
        (or
          (and
            (<= 4096 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 654336))
          (and
            (<= 1048576 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 268435456))
          (and
            (<= 320864256 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 327155712))
          (and
            (<= 335544320 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 2147483648))
          (and
            (<= 4294967296 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 34358689792))
          (and
            (<= 34359738368 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 51538558976))
          (and
            (<= 51539607552 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 68718428160))
          (and
            (<= 68719476736 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 85898297344))
          (and
            (<= 85899345920 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 103078166528))
          (and
            (<= 103079215104 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 120258035712))
          (and
            (<= 120259084288 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 137437904896))
          (and
            (<= 137438953472 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 154617774080))
          (and
            (<= 154618822656 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 171797643264))
          (and
            (<= 171798691840 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 188977512448))
          (and
            (<= 188978561024 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 206157381632))
          (and
            (<= 206158430208 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 223337250816))
          (and
            (<= 223338299392 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 240517120000))
          (and
            (<= 240518168576 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 257696989184))
          (and
            (<= 257698037760 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 274876858368))
          (and
            (<= 274877906944 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 292056727552))
          (and
            (<= 292057776128 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 309236596736))
          (and
            (<= 309237645312 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 326416465920))
          (and
            (<= 326417514496 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 343596335104))
          (and
            (<= 343597383680 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 360776204288))
          (and
            (<= 360777252864 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 377956073472))
          (and
            (<= 377957122048 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 395135942656))
          (and
            (<= 395136991232 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 412315811840))
          (and
            (<= 412316860416 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 429495681024))
          (and
            (<= 429496729600 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 446675550208))
          (and
            (<= 446676598784 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 463855419392))
          (and
            (<= 463856467968 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 481035288576))
          (and
            (<= 481036337152 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 498215157760))
          (and
            (<= 498216206336 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 515395026944))
          (and
            (<= 515396075520 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 532574896128))
          (and
            (<= 532575944704 working_memory.12.start)
            (<= (+ working_memory.12.start working_memory.12.bytes) 549754765312))))
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
        (and
          (or
            (<= (+ working_memory.12.start working_memory.12.bytes) 268435456)
            (<= 320864256 working_memory.12.start))
          (or
            (<= (+ working_memory.12.start working_memory.12.bytes) 327155712)
            (<= 335544320 working_memory.12.start))))
      swiotlb.13.placed
      (=>
        swiotlb.13.placed
        (or
          (and
            (<= 4096 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 654336))
          (and
            (<= 1048576 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 268435456))
          (and
            (<= 320864256 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 327155712))
          (and
            (<= 335544320 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 2147483648))
          (and
            (<= 4294967296 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 34358689792))
          (and
            (<= 34359738368 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 51538558976))
          (and
            (<= 51539607552 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 68718428160))
          (and
            (<= 68719476736 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 85898297344))
          (and
            (<= 85899345920 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 103078166528))
          (and
            (<= 103079215104 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 120258035712))
          (and
            (<= 120259084288 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 137437904896))
          (and
            (<= 137438953472 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 154617774080))
          (and
            (<= 154618822656 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 171797643264))
          (and
            (<= 171798691840 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 188977512448))
          (and
            (<= 188978561024 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 206157381632))
          (and
            (<= 206158430208 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 223337250816))
          (and
            (<= 223338299392 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 240517120000))
          (and
            (<= 240518168576 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 257696989184))
          (and
            (<= 257698037760 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 274876858368))
          (and
            (<= 274877906944 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 292056727552))
          (and
            (<= 292057776128 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 309236596736))
          (and
            (<= 309237645312 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 326416465920))
          (and
            (<= 326417514496 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 343596335104))
          (and
            (<= 343597383680 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 360776204288))
          (and
            (<= 360777252864 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 377956073472))
          (and
            (<= 377957122048 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 395135942656))
          (and
            (<= 395136991232 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 412315811840))
          (and
            (<= 412316860416 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 429495681024))
          (and
            (<= 429496729600 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 446675550208))
          (and
            (<= 446676598784 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 463855419392))
          (and
            (<= 463856467968 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 481035288576))
          (and
            (<= 481036337152 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 498215157760))
          (and
            (<= 498216206336 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 515395026944))
          (and
            (<= 515396075520 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 532574896128))
          (and
            (<= 532575944704 swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 549754765312))))
      (=>
        swiotlb.13.placed
        (and
          (or (<= (+ swiotlb.13.start swiotlb.13.bytes) 0) (<= 4096 swiotlb.13.start))
          (or
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 655360)
            (<= 1048576 swiotlb.13.start))))
      (=>
        swiotlb.13.placed
        (and
          (or
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 268435456)
            (<= 320864256 swiotlb.13.start))
          (or
            (<= (+ swiotlb.13.start swiotlb.13.bytes) 327155712)
            (<= 335544320 swiotlb.13.start))))
      grant.14.placed
      (=>
        grant.14.placed
        (or
          (and (<= 4096 grant.14.start) (<= (+ grant.14.start grant.14.bytes) 654336))
          (and
            (<= 1048576 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 268435456))
          (and
            (<= 320864256 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 327155712))
          (and
            (<= 335544320 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 2147483648))
          (and
            (<= 4294967296 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 34358689792))
          (and
            (<= 34359738368 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 51538558976))
          (and
            (<= 51539607552 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 68718428160))
          (and
            (<= 68719476736 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 85898297344))
          (and
            (<= 85899345920 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 103078166528))
          (and
            (<= 103079215104 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 120258035712))
          (and
            (<= 120259084288 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 137437904896))
          (and
            (<= 137438953472 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 154617774080))
          (and
            (<= 154618822656 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 171797643264))
          (and
            (<= 171798691840 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 188977512448))
          (and
            (<= 188978561024 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 206157381632))
          (and
            (<= 206158430208 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 223337250816))
          (and
            (<= 223338299392 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 240517120000))
          (and
            (<= 240518168576 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 257696989184))
          (and
            (<= 257698037760 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 274876858368))
          (and
            (<= 274877906944 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 292056727552))
          (and
            (<= 292057776128 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 309236596736))
          (and
            (<= 309237645312 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 326416465920))
          (and
            (<= 326417514496 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 343596335104))
          (and
            (<= 343597383680 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 360776204288))
          (and
            (<= 360777252864 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 377956073472))
          (and
            (<= 377957122048 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 395135942656))
          (and
            (<= 395136991232 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 412315811840))
          (and
            (<= 412316860416 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 429495681024))
          (and
            (<= 429496729600 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 446675550208))
          (and
            (<= 446676598784 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 463855419392))
          (and
            (<= 463856467968 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 481035288576))
          (and
            (<= 481036337152 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 498215157760))
          (and
            (<= 498216206336 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 515395026944))
          (and
            (<= 515396075520 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 532574896128))
          (and
            (<= 532575944704 grant.14.start)
            (<= (+ grant.14.start grant.14.bytes) 549754765312))))
      (=>
        grant.14.placed
        (and
          (or (<= (+ grant.14.start grant.14.bytes) 0) (<= 4096 grant.14.start))
          (or (<= (+ grant.14.start grant.14.bytes) 655360) (<= 1048576 grant.14.start))))
      (=> grant.14.placed (<= 16106127360 grant.14.bytes))
      (=>
        grant.14.placed
        (and
          (or
            (<= (+ grant.14.start grant.14.bytes) 268435456)
            (<= 320864256 grant.14.start))
          (or
            (<= (+ grant.14.start grant.14.bytes) 327155712)
            (<= 335544320 grant.14.start))))
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
          (and trampoline.4.placed swiotlb.13.placed)
          (or
            (<= (+ trampoline.4.start trampoline.4.bytes) swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) trampoline.4.start)))
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
          (and running_kernel_s_trampoline.5.placed swiotlb.13.placed)
          (or
            (<=
              (+ running_kernel_s_trampoline.5.start running_kernel_s_trampoline.5.bytes)
              swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) running_kernel_s_trampoline.5.start)))
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
          (and purgatory.6.placed swiotlb.13.placed)
          (or
            (<= (+ purgatory.6.start purgatory.6.bytes) swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) purgatory.6.start)))
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
          (and control_pages.7.placed swiotlb.13.placed)
          (or
            (<= (+ control_pages.7.start control_pages.7.bytes) swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) control_pages.7.start)))
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
          (and page_tables.8.placed swiotlb.13.placed)
          (or
            (<= (+ page_tables.8.start page_tables.8.bytes) swiotlb.13.start)
            (<= (+ swiotlb.13.start swiotlb.13.bytes) page_tables.8.start)))
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
        control_pages.7.placed
        (and
          (<= 0 control_pages.7.start)
          (= (mod (+ control_pages.7.start (- 0)) 4096) 0)))
      (=>
        control_pages.7.placed
        (= (mod (+ control_pages.7.start control_pages.7.bytes) 4096) 0))
      (=>
        page_tables.8.placed
        (and (<= 0 page_tables.8.start) (= (mod (+ page_tables.8.start (- 0)) 4096) 0)))
      (=>
        page_tables.8.placed
        (= (mod (+ page_tables.8.start page_tables.8.bytes) 4096) 0))
      (=>
        grant.14.placed
        (and (<= 0 grant.14.start) (= (mod (+ grant.14.start (- 0)) 134217728) 0)))
      (=> grant.14.placed (= (mod (+ grant.14.start grant.14.bytes) 134217728) 0))
      (=> struct_page.9.placed (<= 8589934592 struct_page.9.bytes))
      (=> direct_map.10.placed (<= 2105344 direct_map.10.bytes))
      (=> per_CPU_areas.11.placed (<= 138412032 per_CPU_areas.11.bytes))
      (=> working_memory.12.placed (<= 10485760 working_memory.12.bytes))
      (=> kernel.0.placed (<= 67108864 kernel.0.bytes))
      (=>
        kernel.0.placed
        (and (<= 0 kernel.0.start) (= (mod (+ kernel.0.start (- 0)) 2097152) 0)))
      (=>
        kernel.0.placed
        (and (<= 0 kernel.0.start) (<= (+ kernel.0.start kernel.0.bytes) 70368744177664)))
      (=> initrd.1.placed (<= 20971520 initrd.1.bytes))
      (=>
        kernel.0.placed
        (and (<= 0 kernel.0.start) (= (mod (+ kernel.0.start (- 0)) 4096) 0)))
      (=> kernel.0.placed (= (mod (+ kernel.0.start kernel.0.bytes) 4096) 0))
      (=> kernel.0.placed (<= kernel.0.bytes 273757304320))
      (=>
        initrd.1.placed
        (and (<= 0 initrd.1.start) (= (mod (+ initrd.1.start (- 0)) 4096) 0)))
      (=> initrd.1.placed (= (mod (+ initrd.1.start initrd.1.bytes) 4096) 0))
      (=> initrd.1.placed (<= initrd.1.bytes 273757304320))
      (=>
        boot_parameters.3.placed
        (and
          (<= 0 boot_parameters.3.start)
          (= (mod (+ boot_parameters.3.start (- 0)) 4096) 0)))
      (=>
        boot_parameters.3.placed
        (= (mod (+ boot_parameters.3.start boot_parameters.3.bytes) 4096) 0))
      (=> boot_parameters.3.placed (<= boot_parameters.3.bytes 273757304320))
      (=>
        purgatory.6.placed
        (and (<= 0 purgatory.6.start) (= (mod (+ purgatory.6.start (- 0)) 4096) 0)))
      (=> purgatory.6.placed (= (mod (+ purgatory.6.start purgatory.6.bytes) 4096) 0))
      (=> purgatory.6.placed (<= purgatory.6.bytes 273757304320))
      (<=
        (+
          (ite kernel.0.placed kernel.0.bytes 0)
          (ite initrd.1.placed initrd.1.bytes 0)
          (ite boot_parameters.3.placed boot_parameters.3.bytes 0)
          (ite purgatory.6.placed purgatory.6.bytes 0))
        273757304320)
      (<=
        (+
          (ite kernel.0.placed 1 0)
          (ite initrd.1.placed 1 0)
          (ite boot_parameters.3.placed 1 0)
          (ite purgatory.6.placed 1 0))
        16)
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
        purgatory.6.placed
        (and
          (<= 12288 purgatory.6.start)
          (<= (+ purgatory.6.start purgatory.6.bytes) 18446744073709551616)))
      (=> page_tables.8.placed (<= 2109440 page_tables.8.bytes))
      (=> control_pages.7.placed (<= 8192 control_pages.7.bytes))
      (=>
        swiotlb.13.placed
        (and
          (<= 0 swiotlb.13.start)
          (<= (+ swiotlb.13.start swiotlb.13.bytes) 4294967296)))
      (=> swiotlb.13.placed (<= 67108864 swiotlb.13.bytes))
      (=> swiotlb.13.placed (<= 134217728 swiotlb.13.bytes))
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
        549755813888)
      (=>
        initrd.1.placed
        (<=
          (ite (<= part1 18446744073709551615) part1 18446744073709551615)
          initrd.1.bytes))))))

(check-sat)
