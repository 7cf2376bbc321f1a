package dev.collectionalias.bench;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.Rpc;
import dev.collectionalias.support.RpcCall;

/** When calls arrive at a Milvus, by the clock of {@link System#nanoTime}. */
record CallWatch(InProcessMilvus milvus) {

    /** How an operator finds out where an alias points. */
    private static final Set<Rpc> LOOKS = EnumSet.of(Rpc.DESCRIBE_ALIAS, Rpc.LIST_ALIASES);
    private static final long PATIENCE_SECONDS = 300;

    /** A call that has not come yet. */
    record Awaited(String what, CompletableFuture<Long> arrival) {

        double secondsSince(long start) {
            return (moment() - start) / 1e9;
        }

        long moment() {
            try {
                return arrival.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                throw new IllegalStateException("nobody has %s within %d s".formatted(what, PATIENCE_SECONDS), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    Awaited nextLook() {
        return next("looked at an alias", CallWatch::isLook);
    }

    /** The next look that shows that an alias is not there any more. */
    Awaited nextLookAt(Layout.Place place) {
        return next("looked at " + place, call -> isLook(call) && call.database().equals(place.database())
                && call.collection().equals(place.collection()));
    }

    Awaited nextWriteOf(String alias) {
        return next("written " + alias, call -> call.rpc().writesAlias() && call.alias().equals(alias));
    }

    /** The one by which as many different aliases have been asked for by their names. */
    Awaited described(int aliases) {
        Set<String> described = ConcurrentHashMap.newKeySet();
        return next("described %d aliases".formatted(aliases), call -> call.rpc() == Rpc.DESCRIBE_ALIAS
                && described.add(call.alias()) && described.size() == aliases);
    }

    private static boolean isLook(RpcCall call) {
        return LOOKS.contains(call.rpc());
    }

    private Awaited next(String what, Predicate<RpcCall> call) {
        CompletableFuture<Long> moment = new CompletableFuture<>();
        milvus.faults().when(call).times(1).before(() -> moment.complete(System.nanoTime()));
        return new Awaited(what, moment);
    }
}
