package dev.collectionalias.support;

import java.util.function.Consumer;
import java.util.function.Function;

import com.google.protobuf.Message;
import io.milvus.grpc.Status;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import io.milvus.shaded.io.grpc.stub.StreamObserver;

/** The one way that all calls to {@link InProcessMilvus} go: written down, allowed, known, and made to fail. */
record CallDesk(ServerProfile profile, Accounts accounts, ReplicationRole role, Faults faults, CallJournal journal) {

    <Q extends Message> void change(Rpc rpc, Q request, StreamObserver<Status> out, Consumer<Q> change) {
        answer(rpc, request, out, Status.getDefaultInstance(), r -> {
            change.accept(r);
            return Status.getDefaultInstance();
        });
    }

    <Q extends Message, A extends Message> void answer(Rpc rpc, Q request, StreamObserver<A> out, A empty,
            Function<Q, A> action) {
        RpcCall call = RpcCall.of(rpc, request);
        journal.add(call);
        try {
            accounts.authorize(profile.privilege(rpc));
            if (!profile.knows(rpc)) {
                throw io.milvus.shaded.io.grpc.Status.UNIMPLEMENTED.withDescription("unknown method " + rpc)
                        .asRuntimeException();
            }
            role.requirePrimary(rpc);
            out.onNext(faults.around(call, () -> action.apply(request)));
            out.onCompleted();
        } catch (ServerFailure failure) {
            out.onNext(withStatus(empty, failure.status(profile.hasNumericCodes())));
            out.onCompleted();
        } catch (StatusRuntimeException e) {
            out.onError(e);
        }
    }

    /** Every answer is a Status or has one in a field of this name. */
    @SuppressWarnings("unchecked")
    private static <A extends Message> A withStatus(A empty, Status status) {
        if (empty instanceof Status) {
            return (A) status;
        }
        return (A) empty.newBuilderForType()
                .setField(empty.getDescriptorForType().findFieldByName("status"), status).build();
    }
}
