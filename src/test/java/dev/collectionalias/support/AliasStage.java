package dev.collectionalias.support;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An integration test on the stage of an {@link OperatorExtension}, with the names that such tests have for its parts. */
@ExtendWith(ControlPlaneExtension.class)
public abstract class AliasStage {

    @RegisterExtension
    protected final OperatorExtension operator;

    protected final InProcessMilvus milvus;
    protected final MilvusState state;
    protected AliasObjects objects;

    protected AliasStage() {
        this(new InProcessMilvus());
    }

    /** @param milvus not started yet */
    protected AliasStage(InProcessMilvus milvus) {
        this.operator = new OperatorExtension(milvus);
        this.milvus = milvus;
        this.state = milvus.state();
    }

    @BeforeEach
    final void findTheObjects() {
        objects = operator.objects();
    }
}
