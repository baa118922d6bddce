// SPDX-License-Identifier: Apache-2.0

// What core is measured by, for goroutines on one thread: core [--quick]
package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"sort"
	"sync"
	"syscall"
	"time"
)

const (
	batch  = 1_000
	rounds = 5
)

var quick = len(os.Args) > 1 && os.Args[1] == "--quick"

func main() {
	runtime.GOMAXPROCS(1)
	measure("start", 500_000, start)
	measure("startInGroup", 500_000, startInGroup)
	measure("switch2", 1_000_000, func(n int) { yieldByTurns(n, 2) })
	measure("switch100", 1_000_000, func(n int) { yieldByTurns(n, 100) })
	measure("handOver", 1_000_000, handOver)
	measure("cancel", 100_000, cancel)
	measure("timeout", 500_000, timeout)
	if quick {
		timers(100_000)
		sleepers(100_000)
	} else {
		timers(1_000_000)
		sleepers(1_000_000)
	}
}

func start(n int) {
	ran := 0
	for i := 0; i < n/batch; i++ {
		for j := 0; j < batch; j++ {
			go func() { ran++ }()
		}
		for ran < (i+1)*batch {
			runtime.Gosched()
		}
	}
}

func startInGroup(n int) {
	for i := 0; i < n/batch; i++ {
		var group sync.WaitGroup
		group.Add(batch)
		for j := 0; j < batch; j++ {
			go group.Done()
		}
		group.Wait()
	}
}

func yieldByTurns(n, goroutines int) {
	var group sync.WaitGroup
	group.Add(goroutines)
	for i := 0; i < goroutines; i++ {
		go func() {
			for j := 0; j < n/goroutines; j++ {
				runtime.Gosched()
			}
			group.Done()
		}()
	}
	group.Wait()
}

func handOver(n int) {
	ping := make(chan int)
	pong := make(chan int)
	go func() {
		for given := range ping {
			pong <- given
		}
	}()
	for i := 0; i < n/2; i++ {
		ping <- i
		check(<-pong == i)
	}
	close(ping)
}

func cancel(n int) {
	for i := 0; i < n/batch; i++ {
		var group sync.WaitGroup
		group.Add(batch)
		var cancels [batch]context.CancelFunc
		for j := range cancels {
			scope, cancel := context.WithCancel(context.Background())
			cancels[j] = cancel
			go func() {
				hour := time.NewTimer(time.Hour)
				select {
				case <-scope.Done():
					hour.Stop()
				case <-hour.C:
					panic("the hour passed")
				}
				group.Done()
			}()
		}
		runtime.Gosched()
		for _, cancel := range cancels {
			cancel()
		}
		group.Wait()
	}
}

func timeout(n int) {
	done := 0
	for i := 0; i < n; i++ {
		scope, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		if scope.Err() == nil {
			done++
		}
		cancel()
	}
	check(done == n)
}

// timers sets n timers, stops them, and looks at what is left.
func timers(n int) {
	before := heap()
	iterationBefore := iteration()
	began := now()
	set := make([]*time.Timer, n)
	for i := range set {
		set[i] = time.AfterFunc(time.Hour+time.Duration(i), func() { panic("the hour passed") })
	}
	for _, timer := range set {
		timer.Stop()
	}
	wall, cpu := since(began, n)
	set = nil
	runtime.Gosched()
	left := heap() - before
	report("timers", wall, cpu, fmt.Sprintf(
		`, "count": %d, "left_bytes": %d, "iteration_before": %f, "iteration_after": %f`,
		n, left, iterationBefore, iteration()))
}

func iteration() float64 {
	const n = 200_000
	began := now()
	yieldByTurns(n, 1)
	wall, _ := since(began, n)
	return wall
}

// sleepers has n goroutines sleep for the same time, and measures from the first wake to the last.
func sleepers(n int) {
	const nap = 8 * time.Second
	before := heap()
	last, misorders, fellAsleep := -1, 0, 0
	var firstWake moment
	var group sync.WaitGroup
	group.Add(n)
	for i := 0; i < n; i++ {
		i := i
		go func() {
			fellAsleep++
			time.Sleep(nap)
			if last == -1 {
				firstWake = now()
			}
			if i < last {
				misorders++
			}
			last = i
			group.Done()
		}()
		if i%batch == 0 {
			runtime.Gosched()
		}
	}
	for fellAsleep < n {
		runtime.Gosched()
	}
	used := heap() - before
	asleep := 0
	if last == -1 {
		asleep = 1
	}
	group.Wait()
	wall, cpu := since(firstWake, n)
	report("sleepers", wall, cpu, fmt.Sprintf(
		`, "count": %d, "heap_bytes": %d, "misorders": %d, "asleep": %d`, n, used, misorders, asleep))
}

// heap says what is in use after a collection, stacks included.
func heap() int64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapInuse + stats.StackInuse)
}

type moment struct{ wall, cpu int64 }

func now() moment {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return moment{time.Now().UnixNano(), usage.Utime.Nano() + usage.Stime.Nano()}
}

func since(began moment, n int) (wall, cpu float64) {
	end := now()
	return float64(end.wall-began.wall) / float64(n), float64(end.cpu-began.cpu) / float64(n)
}

func measure(name string, n int, run func(int)) {
	if quick {
		n /= 10
	}
	run(n)
	var walls, cpus []float64
	for i := 0; i < rounds; i++ {
		began := now()
		run(n)
		wall, cpu := since(began, n)
		walls = append(walls, wall)
		cpus = append(cpus, cpu)
	}
	sort.Float64s(walls)
	sort.Float64s(cpus)
	report(name, walls[rounds/2], cpus[rounds/2], "")
}

func report(name string, wall, cpu float64, more string) {
	fmt.Printf(`{"peer": "go", "case": "%s", "ns_per_op": %f, "cpu_ns_per_op": %f%s}`+"\n", name, wall, cpu, more)
}

func check(holds bool) {
	if !holds {
		panic("the benchmark did not do what it was to do")
	}
}
