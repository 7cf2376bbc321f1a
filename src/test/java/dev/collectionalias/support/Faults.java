package dev.collectionalias.support;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.milvus.shaded.io.grpc.Status;

/**
 * What goes wrong on {@link InProcessMilvus}, by call. A fault lasts until {@link #clear()}, or for as many calls as
 * {@link Fault#times} says:
 *
 * <pre>
 * milvus.faults().on(Rpc.ALTER_ALIAS).times(2).fail(65535, "etcd is gone");
 * milvus.faults().on(Rpc.ALTER_ALIAS).after(operator::kill);
 * </pre>
 */
public final class Faults {

    private static final Consumer<RpcCall> NOTHING = call -> {};

    static final Duration FOR_EVER = Duration.ofHours(1);

    private final List<Fault> active = new CopyOnWriteArrayList<>();
    private final List<Hang> hangs = new CopyOnWriteArrayList<>();

    public Fault on(Rpc rpc) {
        return new Fault(call -> call.rpc() == rpc);
    }

    /** On all calls for which this holds. */
    public Fault when(Predicate<RpcCall> applies) {
        return new Fault(applies);
    }

    /** Ends all faults; calls that hang or are delayed go on. */
    public void clear() {
        active.clear();
        hangs.forEach(Hang::close);
        hangs.clear();
    }

    /** Changes of aliases whose names carry the point's name count. */
    public void crashAt(CrashPoint point) {
        Fault fault = when(call -> call.rpc().writes()
                && point.counts(call.alias().isEmpty() ? call.collection() : call.alias()));
        AtomicInteger number = new AtomicInteger();
        fault.before = call -> number.set(arrive(point, call));
        fault.after = call -> point.done(number.get());
        active.add(fault);
    }

    private static int arrive(CrashPoint point, RpcCall call) {
        try {
            return point.arrive("Milvus " + call.rpc());
        } catch (CrashPoint.Crashed e) {
            throw Status.CANCELLED.withDescription(e.getMessage()).asRuntimeException();
        }
    }

    <R> R around(RpcCall call, Supplier<R> change) {
        List<Fault> faults = active.stream().filter(fault -> fault.claims(call)).toList();
        faults.forEach(fault -> fault.before.accept(call));
        R answer = change.get();
        faults.forEach(fault -> fault.after.accept(call));
        return answer;
    }

    /** A call that does not get its answer before it is released. */
    public static final class Hang implements AutoCloseable {
        private final CountDownLatch caught = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        /** Returns when a call hangs; fails if none came for a long time. */
        public void awaitCall() {
            if (!await(caught, Duration.ofSeconds(30))) {
                throw new AssertionError("no call came that could hang");
            }
        }

        /** Whether it still hangs; says that it does. */
        boolean holds() {
            caught.countDown();
            return released.getCount() > 0;
        }

        /** Waits where something hangs, until it is released or has waited long enough. */
        void hold(Duration longest) {
            caught.countDown();
            await(released, longest);
        }

        @Override
        public void close() {
            released.countDown();
        }
    }

    /** One fault in the making; its last call, which says what happens, puts it in force. */
    public final class Fault {
        private final Predicate<RpcCall> applies;
        private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
        private Consumer<RpcCall> before = NOTHING;
        private Consumer<RpcCall> after = NOTHING;

        private Fault(Predicate<RpcCall> applies) {
            this.applies = applies;
        }

        /** For the next calls only. */
        public Fault times(int calls) {
            left.set(calls);
            return this;
        }

        /** Nothing changes, and the server answers with this code of its own. */
        public void fail(int code, String reason) {
            before(() -> {
                throw new ServerFailure(code, "%s", reason);
            });
        }

        /** Nothing changes, and the call ends with this gRPC status. */
        public void fail(Status status) {
            before(() -> {
                throw status.asRuntimeException();
            });
        }

        /** The change is made, but the caller does not learn of it. */
        public void loseAnswer() {
            after(() -> {
                throw Status.UNAVAILABLE.withDescription("connection reset").asRuntimeException();
            });
        }

        /** Nothing changes before the result is closed or the faults are cleared. */
        public Hang hang() {
            Hang hang = new Hang();
            before(() -> hang.hold(FOR_EVER));
            hangs.add(hang);
            return hang;
        }

        /** Everything happens, later. */
        public void delay(Duration delay) {
            Hang hang = new Hang();
            before(() -> hang.hold(delay));
            hangs.add(hang);
        }

        /** Runs before the change. */
        public void before(Runnable hook) {
            before = call -> hook.run();
            active.add(this);
        }

        /** Runs after the change and before the answer is sent. */
        public void after(Runnable hook) {
            after = call -> hook.run();
            active.add(this);
        }

        private boolean claims(RpcCall call) {
            return applies.test(call) && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
        }
    }

    private static boolean await(CountDownLatch latch, Duration patience) {
        try {
            return latch.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Status.CANCELLED.withDescription("the server is going away").asRuntimeException();
        }
    }
}
