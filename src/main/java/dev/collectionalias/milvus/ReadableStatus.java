package dev.collectionalias.milvus;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.Status;
import io.milvus.shaded.io.grpc.CallOptions;
import io.milvus.shaded.io.grpc.Channel;
import io.milvus.shaded.io.grpc.ClientCall;
import io.milvus.shaded.io.grpc.ClientInterceptor;
import io.milvus.shaded.io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.milvus.shaded.io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.milvus.shaded.io.grpc.Metadata;
import io.milvus.shaded.io.grpc.MethodDescriptor;

/**
 * Lets the SDK read every refusal. Milvus Lite puts its new codes where the SDK expects the old enum. If the enum does not have
 * a code, the SDK loses both code and words (2.6.22). 101, for a collection that is not loaded, is one of these.
 */
final class ReadableStatus implements ClientInterceptor {

    private static final String STATUS = "status";

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                super.start(new SimpleForwardingClientCallListener<>(listener) {
                    @Override
                    public void onMessage(A answer) {
                        super.onMessage(readable(answer));
                    }
                }, headers);
            }
        };
    }

    /** Every answer is a Status or has one in a field of that name. */
    @SuppressWarnings({"unchecked", "deprecation"}) // the old code is what the SDK reads
    private static <A> A readable(A answer) {
        if (answer instanceof Status status) {
            return (A) readable(status);
        }
        if (!(answer instanceof Message message)) {
            return answer;
        }
        FieldDescriptor field = message.getDescriptorForType().findFieldByName(STATUS);
        boolean unreadable = field != null && message.getField(field) instanceof Status status
                && status.getErrorCode() == ErrorCode.UNRECOGNIZED;
        return unreadable
                ? (A) message.toBuilder().setField(field, readable((Status) message.getField(field))).build()
                : answer;
    }

    @SuppressWarnings("deprecation")
    private static Status readable(Status status) {
        if (status.getErrorCode() != ErrorCode.UNRECOGNIZED) {
            return status;
        }
        int code = status.getCode() == 0 ? status.getErrorCodeValue() : status.getCode();
        return status.toBuilder().setCode(code).setErrorCode(ErrorCode.UnexpectedError).build();
    }
}
